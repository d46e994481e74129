from odoo import api, fields, models
from odoo.exceptions import UserError


class SupplierStageWizard(models.TransientModel):
    _name = "supplier.stage.wizard"
    _description = "Move Suppliers to Another Stage"

    partner_ids = fields.Many2many("res.partner", string="Suppliers", required=True)
    partner_count = fields.Integer(
        string="Number of Suppliers", compute="_compute_missing"
    )
    stage_id = fields.Many2one("supplier.stage", string="New Stage")
    needs_reason = fields.Boolean(related="stage_id.needs_reason")
    reason = fields.Char(string="Why")
    is_initial = fields.Boolean(
        string="Without entry rules",
        help="For suppliers you have worked with already: they are taken in where they "
        "stand. Only managers can, and only before a supplier was in any stage.",
    )
    missing = fields.Text(string="What Is Missing", compute="_compute_missing")

    @api.depends("partner_ids", "stage_id", "is_initial")
    def _compute_missing(self):
        for wizard in self:
            partners = wizard.partner_ids._origin.commercial_partner_id
            wizard.partner_count = len(partners)
            if wizard.is_initial:
                wizard.missing = False
                continue
            wizard.missing = wizard.stage_id._missing_text(partners, self.env.company)

    def action_apply(self):
        """Move the suppliers, or say what they lack.

        :raises UserError: no supplier is left to move, or some lack something
        """
        self.ensure_one()
        moved = self.partner_ids._set_supplier_stage(
            self.stage_id, self.reason, initial=self.is_initial
        )
        if not moved:
            raise UserError(self.env._("Nothing would change: choose another stage."))
        return {"type": "ir.actions.act_window_close"}
