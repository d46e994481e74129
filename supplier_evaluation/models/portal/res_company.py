from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    supplier_dispute_days = fields.Integer(
        string="Days to Dispute",
        default=14,
        help="So many days after a scorecard was published its supplier may dispute "
        "it in the portal; 0: never.",
    )

    _supplier_dispute_days_positive = models.Constraint(
        "CHECK (supplier_dispute_days >= 0)",
        "The days to dispute a scorecard are a number from 0 on.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    supplier_dispute_days = fields.Integer(
        related="company_id.supplier_dispute_days", readonly=False
    )
