from odoo import api, fields, models

from odoo.addons.base.models.res_partner import _tz_get


class SupplierTzWizard(models.TransientModel):
    """Asks for the time zone in which a company takes days."""

    _name = "supplier.tz.wizard"
    _inherit = ["supplier.guard.mixin"]
    _description = "Time Zone of a Company"

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    tz = fields.Selection(
        _tz_get,
        string="Time Zone",
        compute="_compute_tz",
        store=True,
        readonly=False,
        required=True,
    )

    @api.depends("company_id")
    def _compute_tz(self):
        for wizard in self:
            company = wizard.company_id
            wizard.tz = company.supplier_tz or company.supplier_tz_proposal

    def action_apply(self):
        """Set it. Evaluations that are published stay as they are."""
        self.ensure_one()
        self.company_id._set_supplier_tz(self.tz)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
