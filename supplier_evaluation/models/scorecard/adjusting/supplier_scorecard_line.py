from odoo import Command, fields, models

from ....tools.wording import qualified
from .supplier_adjustment import OVERRIDDEN, RESTORED


class SupplierScorecardLine(models.Model):
    """An override is written down, with the score that was computed."""

    _inherit = "supplier.scorecard.line"

    override_evidence_ids = fields.Many2many(
        "ir.attachment",
        "supplier_scorecard_line_evidence_rel",
        string="Evidence",
        help="What shows that the other score is right: a mail, a photo, a delivery "
        "note.",
    )

    def _override_fields(self):
        return super()._override_fields() | {"override_evidence_ids"}

    def write(self, vals):
        """Take as evidence only what the user may read.

        :raises AccessError: it is of somebody else
        """
        if not self.env.su and vals.get("override_evidence_ids"):
            self._linked(vals["override_evidence_ids"]).check_access("read")
        return super().write(vals)

    def _linked(self, commands):
        """Return the attachments that commands of a field, or ids, link."""
        ids = []
        for command in commands:
            if isinstance(command, int):
                ids.append(command)
            elif command[0] == Command.LINK:
                ids.append(command[1])
            elif command[0] == Command.SET:
                ids += command[2]
        return self.env["ir.attachment"].browse(ids)

    def _apply_override(self):
        result = super()._apply_override()
        register = self.env["supplier.adjustment"]
        were_overridden = self._were_overridden()
        for line in self.sudo():
            if not line.is_overridden and line not in were_overridden:
                continue
            evidence = line.override_evidence_ids
            register.sudo()._append_with_evidence(
                [{**line._adjustment_vals(), "user_id": self.env.uid}],
                evidence if line.is_overridden else evidence.browse(),
            )
        return result

    def _were_overridden(self):
        """Return those that are overridden until now, says the register."""
        rows = self.env["supplier.adjustment"].search_fetch(
            [
                ("evaluation_id", "in", self.evaluation_id.ids),
                ("partner_id", "in", self.partner_id.ids),
                ("kpi_id", "in", self.kpi_id.ids),
            ],
            ["evaluation_id", "partner_id", "kpi_id", "kind"],
            order="id",
        )
        last = {
            (row.evaluation_id, row.partner_id, row.kpi_id): row.kind for row in rows
        }
        return self.filtered(
            lambda line: (
                last.get((line.evaluation_id, line.partner_id, line.kpi_id))
                == OVERRIDDEN
            )
        )

    def _adjustment_vals(self):
        self.ensure_one()
        return {
            "partner_id": self.partner_id.id,
            "company_id": self.company_id.id,
            "kind": OVERRIDDEN if self.is_overridden else RESTORED,
            "evaluation_id": self.evaluation_id.id,
            "kpi_id": self.kpi_id.id,
            "res_model": "supplier.scorecard",
            "res_id": self.scorecard_id.id,
            "record_name": qualified(
                self.env, (self.kpi_id.name, self.evaluation_id.name)
            ),
            "score_from": self.computed_score,
            "score_to": self.score,
            "favour": self._override_favour(),
            "reason": self.override_reason,
        }

    def _override_favour(self):
        """Return whom the score that stands there now is better for."""
        if not self.is_overridden or self.score == self.computed_score:
            return "unknown"
        return "supplier" if self.score > self.computed_score else "company"
