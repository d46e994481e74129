from ...common import MANAGER
from ..common import ThreeSuppliersCommon

ADJUSTMENT = "supplier.adjustment"


class AdjustedCommon(ThreeSuppliersCommon):
    """Two managers, and an evaluation in which the late supplier has a D."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls._create_people("four", {"one": MANAGER, "two": MANAGER})
        cls.late_line = cls.env["purchase.order.line"].search(
            [("partner_id", "=", cls.late_supplier.id)], limit=1
        )

    def _otd(self, evaluation, partner=None):
        card = self._card(evaluation, partner or self.late_supplier)
        return card.line_ids.filtered(lambda line: line.kpi_id.code == "otd")

    def _override(self, evaluation, user="one", score=100, **vals):
        line = self._as(self._otd(evaluation), user)
        line.write(
            {
                "is_overridden": True,
                "override_score": score,
                "override_reason": "Our dock was closed",
                **vals,
            }
        )
        return line

    def _leave_out(self, records, user="one", evidence=None, exclusion="manual"):
        """Leave records out by the dialog, as a user does."""
        wizard = self.env["supplier.exclusion.wizard"]
        self._as(wizard, user).create(
            {
                "targets": {records._name: records.ids},
                "exclusion": exclusion,
                "reason": "Our dock was closed",
                "attachment_ids": evidence.ids if evidence else [],
            }
        ).action_apply()

    def _file(self, name, user="one", content=b"The dock", **vals):
        files = self._as(self.env["ir.attachment"], user)
        return files.create({"name": name, "raw": content, **vals})

    def _rows(self, **wanted):
        domain = [(name, "=", value) for name, value in wanted.items()]
        return self.env[ADJUSTMENT].search(
            [("company_id", "=", self.company.id), *domain], order="id"
        )
