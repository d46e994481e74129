from odoo import fields, models

from ...models.base.supplier_adjustment import check_reason


class SupplierHoldBackWizard(models.TransientModel):
    _name = "supplier.hold.back.wizard"
    _description = "Hold Scorecards Back"

    scorecard_ids = fields.Many2many("supplier.scorecard", required=True)
    reason = fields.Char(string="Why", required=True)
    attachment_ids = fields.Many2many(
        "ir.attachment",
        string="Evidence",
        help="What shows it: a mail, a photo, a delivery note.",
    )

    def action_apply(self):
        """Hold the scorecards back: they are not published with the others.

        :raises UserError: one of them does not wait to be published
        """
        self.ensure_one()
        check_reason(self)
        self.scorecard_ids._set_held_back(True, self.reason, self.attachment_ids)
        return {"type": "ir.actions.act_window_close"}
