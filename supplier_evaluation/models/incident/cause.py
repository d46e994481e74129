from odoo import fields, models

#: What went wrong at the root: the six branches of a cause-and-effect diagram.
CAUSES = [
    ("method", "Method"),
    ("people", "People"),
    ("material", "Material"),
    ("machine", "Machine"),
    ("measurement", "Measurement"),
    ("environment", "Environment"),
]


class SupplierIncident(models.Model):
    """Why it happened, in one word: so causes can be counted."""

    _inherit = "supplier.incident"

    cause = fields.Selection(
        CAUSES,
        string="Root Cause",
        tracking=True,
        help="What went wrong at the root, once it is known.",
    )
