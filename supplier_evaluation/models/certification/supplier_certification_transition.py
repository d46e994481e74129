from odoo import fields, models

from .status import STATES


class SupplierCertificationTransition(models.Model):
    """Who moved a certification from one state to the next, when and why.

    It is written by the workflow only, and tells what was in force on any past day.
    """

    _name = "supplier.certification.transition"
    _inherit = ["supplier.register.mixin"]
    _description = "Certification Transition"
    _rec_name = "certification_id"

    certification_id = fields.Many2one(
        "supplier.certification",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    state_from = fields.Selection(selection=STATES, string="From", readonly=True)
    state_to = fields.Selection(
        selection=STATES, string="To", required=True, readonly=True
    )
    date_from = fields.Date(string="Valid From", readonly=True)
    date_to = fields.Date(string="Valid Until", readonly=True)
