from odoo import fields, models


class SupplierAlertDryRunLine(models.TransientModel):
    _name = "supplier.alert.dry.run.line"
    _description = "Month of a Dry Run"

    run_id = fields.Many2one(
        "supplier.alert.dry.run", required=True, ondelete="cascade"
    )
    label = fields.Char(string="Month", readonly=True)
    count = fields.Integer(string="Alerts", readonly=True)
    names = fields.Char(string="Suppliers", readonly=True)
