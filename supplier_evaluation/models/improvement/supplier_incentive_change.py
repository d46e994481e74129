from odoo import fields, models

ACTIONS = [
    ("proposed", "Proposed"),
    ("approved", "Approved"),
    ("refused", "Refused"),
    ("applied", "Applied"),
    ("undone", "Undone"),
    ("left", "Left as it is"),
    ("obsolete", "Dropped"),
]


class SupplierIncentiveChange(models.Model):
    """Who proposed, decided, applied or undid what, and from which value to which."""

    _name = "supplier.incentive.change"
    _inherit = ["supplier.register.mixin"]
    _description = "Register of Rewards and Remedies"
    _rec_name = "partner_id"
    _check_company_auto = True

    incentive_id = fields.Many2one(
        "supplier.incentive",
        required=True,
        readonly=True,
        index=True,
        check_company=True,
        ondelete="cascade",
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Supplier",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    action = fields.Selection(ACTIONS, string="Step", required=True, readonly=True)
    what = fields.Char(readonly=True, help="The record and its field; empty: no value.")
    text_from = fields.Char(string="From", readonly=True)
    text_to = fields.Char(string="To", readonly=True)
    res_model = fields.Char(readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", readonly=True)
    field_name = fields.Char(readonly=True)
    # Exactly what was stored: words are no value to go back to.
    value_from = fields.Json(readonly=True)
    value_to = fields.Json(readonly=True)
