from odoo import fields, models


class SupplierTier(models.Model):
    """What follows from being in a tier."""

    _inherit = "supplier.tier"

    user_id = fields.Many2one(
        "res.users",
        string="Owner",
        domain=[("share", "=", False)],
        help="Becomes the buyer of a supplier without one that is moved into the tier.",
    )
    review_months = fields.Integer(
        string="Review Every (months)",
        help="The buyer is reminded when the last review is so old. 0: never.",
    )
    program_id = fields.Many2one(
        "supplier.certification.program",
        string="Certification Programme",
        help="An application is opened for a supplier that is moved into the tier.",
    )
    template_ids = fields.Many2many(
        "supplier.scorecard.template",
        string="Evaluated With",
        compute="_compute_template_ids",
        help="How often is said on each of them.",
    )

    _review_months_not_negative = models.Constraint(
        "CHECK (review_months >= 0)", "Reviews every how many months? 0 is never."
    )

    def _compute_template_ids(self):
        templates = self.env["supplier.scorecard.template"].search(
            [("is_scheduled", "=", True)]
        )
        for tier in self:
            tier.template_ids = templates.filtered(
                lambda one, own=tier: not one.tier_ids or own in one.tier_ids
            )
