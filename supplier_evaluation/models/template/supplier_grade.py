from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.wording import listed


class SupplierGrade(models.Model):
    """A band of scores. The lowest begins at 0: no score is without a grade."""

    _name = "supplier.grade"
    _inherit = ["supplier.shared.mixin"]
    _description = "Supplier Grade"
    _order = "min_score desc, id"

    name = fields.Char(required=True, translate=True)
    min_score = fields.Float(
        string="From Score",
        required=True,
        digits=(5, 2),
        help="Suppliers that score at least this much have the grade, unless they "
        "reach a higher one.",
    )
    color = fields.Integer()
    description = fields.Text(
        translate=True, help="What the grade means to those who buy."
    )
    active = fields.Boolean(default=True)

    _min_score_in_range = models.Constraint(
        "CHECK (min_score >= 0 AND min_score <= 100)",
        "A grade begins at a score between 0 and 100.",
    )
    _min_score_unique = models.UniqueIndex(
        "(min_score) WHERE active",
        "Two grades cannot begin at the same score.",
    )

    @api.model
    def _best_first(self):
        """Return the grades in use, best first."""
        return self.search([("active", "=", True)])

    def _low_half(self):
        """Return the worse half of grades that are sorted, the best first.

        Of an odd number, the one in the middle is not low.
        """
        return self[(len(self) + 1) // 2 :]

    @api.constrains("active")
    def _check_no_gate(self):
        archived = self.filtered(lambda grade: not grade.active)
        template = self.env["supplier.scorecard.template"].search(
            [("gate_grade_id", "in", archived.ids)], limit=1
        )
        if template:
            raise ValidationError(
                self.env._(
                    "The template %(template)s caps the grade at %(grade)s below a "
                    "gate. Choose another grade there first.",
                    template=template.name,
                    grade=template.gate_grade_id.name,
                )
            )

    @api.constrains("min_score", "active")
    def _check_no_gap(self):
        grades = self._best_first()
        if grades and grades[-1].min_score != 0:
            raise ValidationError(
                self.env._(
                    "The lowest grade, %(grade)s, begins at %(score)s: scores below it "
                    "would have no grade. Let it begin at 0.",
                    grade=grades[-1].name,
                    score=grades[-1].min_score,
                )
            )

    # Any client can say that the add-on is being uninstalled.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_lowest(self):
        remaining = self.search([("id", "not in", self.ids)])
        if remaining and remaining[-1].min_score != 0:
            raise ValidationError(
                self.env._(
                    "Without the grade %s, low scores would have no grade. "
                    "Lower another grade to 0 first.",
                    listed(self.env, self.mapped("name")),
                )
            )
