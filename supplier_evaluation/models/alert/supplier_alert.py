from odoo import fields, models

from .supplier_alert_rule import SEVERITIES


class SupplierAlert(models.Model):
    """Something that a rule saw of a supplier, until it is over or somebody saw to it."""

    _name = "supplier.alert"
    _inherit = ["mail.thread", "mail.activity.mixin", "supplier.guard.mixin"]
    _description = "Supplier Alert"
    _order = "date_opened desc, id desc"
    _check_company_auto = True

    rule_id = fields.Many2one(
        "supplier.alert.rule", required=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Supplier",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    res_model = fields.Char(string="Model of the Records", readonly=True)
    res_id = fields.Many2oneReference(
        string="Record", model_field="res_model", readonly=True
    )
    severity = fields.Selection(SEVERITIES, required=True, readonly=True)
    state = fields.Selection(
        [
            ("open", "Open"),
            ("acknowledged", "Acknowledged"),
            ("snoozed", "Snoozed"),
            ("resolved", "Resolved"),
        ],
        string="Status",
        required=True,
        readonly=True,
        default="open",
        index=True,
        tracking=True,
    )
    date_opened = fields.Datetime(
        string="Opened", required=True, readonly=True, default=fields.Datetime.now
    )
