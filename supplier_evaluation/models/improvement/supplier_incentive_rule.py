from odoo import api, fields, models
from odoo.exceptions import ValidationError

# From reward to replacement, as the matrix is read.
KINDS = [
    ("share", "More share of the orders"),
    ("payment_term", "Better payment term"),
    ("minimum", "Another minimum quantity"),
    ("inspection", "Less inspection"),
    ("preferred", "Preferred in comparison"),
    ("keep", "Keep as it is"),
    ("plan", "Improvement plan"),
    ("replace", "Replace"),
]
# What a better grade carries, too.
REWARDS = ("share", "payment_term", "minimum", "inspection", "preferred")


class SupplierIncentiveRule(models.Model):
    """What follows from a grade: one row of the matrix from reward to replacement.

    It is only proposed: a manager approves each case. A provisional grade carries
    nothing at all.
    """

    _name = "supplier.incentive.rule"
    _inherit = ["supplier.shared.mixin", "supplier.setup.mixin"]
    _description = "Action by Grade"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", index="btree_not_null")
    # In use, it tells what somebody was given: none of these is deleted.
    grade_id = fields.Many2one("supplier.grade", required=True, ondelete="restrict")
    kind = fields.Selection(KINDS, required=True, default="keep")
    description = fields.Text(translate=True, help="What is agreed, in words.")
    periods = fields.Integer(
        string="Periods in a Row",
        required=True,
        default=1,
        help="How many published scorecards in a row must have the grade: a better one "
        "counts for a reward, a worse one for a plan or a replacement.",
    )
    minimum_tier_id = fields.Many2one(
        "supplier.tier",
        ondelete="restrict",
        help="Only for suppliers in this tier or one before it in the list of tiers.",
    )
    without_critical = fields.Boolean(
        string="No Open Critical Incident",
        help="Nothing is proposed or approved while a critical incident is open that "
        "is, or may be, the supplier's fault.",
    )
    payment_term_id = fields.Many2one(
        "account.payment.term",
        check_company=True,
        ondelete="restrict",
    )
    price_sequence = fields.Integer(
        string="Place on Price Lists",
        default=0,
        help="The place that the supplier gets on the lists of vendors of its "
        "products: Odoo buys from the first one.",
    )
    minimum_percent = fields.Float(
        string="Minimum Quantity (%)",
        digits=(5, 2),
        default=100,
        help="Of the minimum quantity that the price lists have now.",
    )
    worth_percent = fields.Float(
        string="Worth (% of Spend)",
        digits=(5, 2),
        help="What it is worth, as a part of what was ordered in the last 12 months.",
    )

    _periods_positive = models.Constraint(
        "CHECK (periods > 0)", "A grade is held for at least one period."
    )
    _worth_in_range = models.Constraint(
        "CHECK (worth_percent >= 0 AND worth_percent <= 100)",
        "What an action is worth is between 0 and 100 % of the spend.",
    )
    _minimum_positive = models.Constraint(
        "CHECK (minimum_percent > 0)", "A minimum quantity cannot be less than nothing."
    )

    @api.constrains("kind", "payment_term_id")
    def _check_payment_term(self):
        for rule in self:
            if rule.kind == "payment_term" and not rule.payment_term_id:
                raise ValidationError(
                    self.env._(
                        "The action %(action)s gives a better payment term: say which.",
                        action=rule.name,
                    )
                )

    # Any client can say that the add-on is being uninstalled.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_used(self):
        used = self.env["supplier.incentive"].sudo()
        if used.search_count([("rule_id", "in", self.ids)], limit=1):
            raise ValidationError(
                self.env._("Something was proposed by this action: archive it instead.")
            )

    @api.model
    def _in_force(self, company):
        """Return the actions that propose something in a company, first ones first."""
        return self.search(
            [("company_id", "in", [False, company.id]), ("kind", "!=", "keep")]
        )

    def _is_carried_by(self, grade, kind=None):
        """Whether a grade is as good as that of a reward, or as bad as the others'.

        :param kind: what is carried; by default what the action is now
        """
        self.ensure_one()
        if (kind or self.kind) in REWARDS:
            return grade.min_score >= self.grade_id.min_score
        return grade.min_score <= self.grade_id.min_score
