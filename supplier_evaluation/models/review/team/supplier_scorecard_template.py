from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ....tools.wording import listed


class SupplierScorecardTemplate(models.Model):
    """The team that evaluates by it: a leader, and members by department."""

    _inherit = "supplier.scorecard.template"

    leader_id = fields.Many2one(
        "res.users",
        domain=[("share", "=", False)],
        tracking=True,
        ondelete="restrict",
        help="May override every score, and is asked before what reviewers disagree "
        "about is published.",
    )
    member_ids = fields.One2many(
        "supplier.scorecard.template.member", "template_id", string="Team", copy=True
    )
    minimum_departments = fields.Integer(
        help="A team has members of at least this many departments, and of so many "
        "there are reviews before an evaluation that asks for reviews is published. "
        "0: any number.",
    )
    disagreement_limit = fields.Float(
        string="Reviewers Disagree From (points)",
        default=40.0,
        help="If two reviews of a supplier are this far apart or more, the leader is "
        "asked before publishing. 0: never.",
    )
    date_announced = fields.Date(readonly=True, copy=False)

    _team_limits_positive = models.Constraint(
        "CHECK (minimum_departments >= 0 AND disagreement_limit BETWEEN 0 AND 100)",
        "The least number of departments is not negative, and the limit of a "
        "disagreement is between 0 and 100 points.",
    )

    @api.constrains("member_ids", "minimum_departments")
    def _check_departments(self):
        for template in self:
            departments = set(template.member_ids.mapped("department"))
            if template.member_ids and len(departments) < template.minimum_departments:
                raise ValidationError(
                    self.env._(
                        "The team of %(template)s needs members of at least "
                        "%(minimum)s departments and has %(count)s: add somebody of "
                        "another one, or lower the number.",
                        template=template.name,
                        minimum=template.minimum_departments,
                        count=len(departments),
                    )
                )

    def _may_override(self, user, dimension):
        """Whether somebody may override scores of a dimension.

        Where nobody is named for it, any manager may.

        :param user: who has the rights of a manager
        :param str dimension: of a KPI
        """
        self.ensure_one()
        named = self._named(dimension)
        return not named or user in named | self._active_leader()

    def _named_for(self, dimension):
        """Return the names of who may override scores of a dimension."""
        named = self._named(dimension)
        return listed(self.env, (self._active_leader() | named).mapped("name"))

    def _named(self, dimension):
        members = self._people().filtered(
            lambda member: dimension in member.override_dimension_ids.mapped("code")
        )
        return members.user_id

    def _people(self):
        """Return the members who have not left."""
        return self.sudo().member_ids.filtered("user_id.active")

    def _active_leader(self):
        return self.sudo().leader_id.filtered("active")
