from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.supplier_evaluation.tools.actions import open_form, open_records

from ..groups import QUALITY_GROUP


class SupplierInspection(models.Model):
    """An inspection that a quality test carries out, or several.

    What a test found is taken in ``taking.py``; when that is done, and what becomes of
    it when the test is cancelled or done anew, is in ``following.py``.
    """

    _inherit = "supplier.inspection"

    qc_test_id = fields.Many2one(
        "qc.test",
        string="Quality Test",
        check_company=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        groups=QUALITY_GROUP,
        help="Its questions are answered in quality control.",
    )
    qc_inspection_ids = fields.Many2many(
        "qc.inspection",
        "supplier_inspection_quality_rel",
        string="Quality Inspections",
        readonly=True,
        copy=False,
        groups=QUALITY_GROUP,
        help="Those of quality control about the same goods.",
    )
    quality_people_ids = fields.Many2many(
        "res.users",
        "supplier_inspection_quality_people_rel",
        string="Tested By",
        readonly=True,
        copy=False,
        help="All who had a hand in the quality inspections whose result was taken: "
        "they do not accept what they rejected.",
    )
    is_quality_correction = fields.Boolean(
        string="For Quality Control",
        readonly=True,
        copy=False,
        help="Quality control says something else than before. An approver finishes "
        "the correction.",
    )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {
            "is_quality_correction",
            "qc_inspection_ids",
            "quality_people_ids",
        }

    def write(self, vals):
        """What is done was tested by what it was tested by."""
        if "qc_test_id" in vals and not self._is_unguarded():
            self._check_open()
        return super().write(vals)

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_open_quality_test(self):
        """Open the quality inspection that carries this one out; make it if none does.

        :raises AccessError: by somebody without rights in quality control
        :raises UserError: no test is chosen, or the product is not known
        """
        self.ensure_one()
        checks = self.env["qc.inspection"]
        checks.check_access("create")
        self.check_access("write")
        self._check_state("draft", "in_progress")
        self._take_turns()
        check = self._open_check() or self._make_check()
        return open_form(check._name, self.env._("Quality Test"), record=check)

    def action_open_quality_inspections(self):
        """Open the quality inspections about the same goods."""
        self.ensure_one()
        checks = self.qc_inspection_ids
        if len(checks) == 1:
            return open_form(checks._name, checks.display_name, record=checks)
        return open_records(
            self.env,
            "quality_control_oca.action_qc_inspection",
            [("id", "in", checks.ids)],
        )

    def action_finish(self):
        """What was done before is corrected by approvers only, also where a test says
        so.
        """
        self.filtered("is_quality_correction")._check_approver()
        return super().action_finish()

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _open_check(self):
        """Return the quality inspection that carries this one out, if there is one."""
        checks = self.qc_inspection_ids.filtered(
            lambda check: check.test == self.qc_test_id and check.state != "canceled"
        )
        return checks[-1:]

    def _make_check(self):
        if not self.qc_test_id or not self.product_id:
            raise UserError(
                self.env._(
                    "%(inspection)s has no quality test, or is about no product: "
                    "choose them first.",
                    inspection=self.display_name,
                )
            )
        if self.state == "draft":
            self.action_start()
        checks = self.env["qc.inspection"]
        check = checks.create(
            {
                "object_id": f"product.product,{self.product_id.id}",
                "qty": self.quantity_sample or self.quantity_lot,
                "test": self.qc_test_id.id,
                "company_id": self.company_id.id,
                "user": self.env.uid,
                "inspection_lines": checks._prepare_inspection_lines(self.qc_test_id),
            }
        )
        check.action_todo()
        self._write_guarded({"qc_inspection_ids": [fields.Command.link(check.id)]})
        return check

    def _move_vals(self, move, plan):
        return {**super()._move_vals(move, plan), "qc_test_id": plan.qc_test_id.id}

    def _correct(self, reason):
        """A correction is about the same goods, which were tested by the same."""
        correction = super()._correct(reason)
        own = self.sudo()
        correction.sudo()._write_guarded(
            {
                "qc_test_id": own.qc_test_id.id,
                "qc_inspection_ids": [fields.Command.set(own.qc_inspection_ids.ids)],
                "quality_people_ids": [fields.Command.set(own.quality_people_ids.ids)],
            }
        )
        return correction

    def _involved(self):
        """Who answered the questions checked it."""
        return super()._involved() | self.sudo().quality_people_ids
