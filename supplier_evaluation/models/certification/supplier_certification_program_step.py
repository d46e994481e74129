from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.groups import APPROVER_GROUP


class SupplierCertificationProgramStep(models.Model):
    """One decision on the way to a certification, and who takes it."""

    _name = "supplier.certification.program.step"
    _inherit = ["supplier.shared.mixin"]
    _description = "Certification Approval Step"
    _order = "sequence, id"
    _check_company_auto = True

    program_id = fields.Many2one(
        "supplier.certification.program", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="program_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    user_ids = fields.Many2many(
        "res.users",
        relation="supplier_certification_step_user_rel",
        column1="step_id",
        column2="user_id",
        string="People",
        domain=[("share", "=", False)],
    )
    group_id = fields.Many2one(
        "res.groups",
        ondelete="restrict",
        help="Anybody of this group who is an approver.",
    )
    mode = fields.Selection(
        selection=[("any", "Any one"), ("all", "All of them")],
        string="Who Must Approve",
        required=True,
        default="any",
    )
    substitute_ids = fields.Many2many(
        "res.users",
        relation="supplier_certification_step_substitute_rel",
        column1="step_id",
        column2="user_id",
        string="Substitutes",
        domain=[("share", "=", False)],
        help="May act instead of any of the people.",
    )

    @api.constrains("user_ids", "group_id", "mode")
    def _check_people(self):
        for step in self:
            if step.mode == "all" and (step.group_id or not step.user_ids):
                raise ValidationError(
                    self.env._(
                        "Step %(step)s: “All of them” needs a list of people, and no "
                        "group. Name the people, or ask for any one.",
                        step=step.name,
                    )
                )
            if not step.user_ids and not step.group_id:
                raise ValidationError(
                    self.env._(
                        "Step %(step)s: nobody decides. Name people or a group.",
                        step=step.name,
                    )
                )

    @api.constrains("user_ids", "substitute_ids")
    def _check_approvers(self):
        for step in self:
            for user in (step.user_ids | step.substitute_ids).sudo():
                if not user.has_group(APPROVER_GROUP):
                    raise ValidationError(
                        self.env._(
                            "Step %(step)s: %(user)s is not an approver. Grant the "
                            "role Approver of supplier evaluations first.",
                            step=step.name,
                            user=user.name,
                        )
                    )

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _people(self, company):
        """Return who may decide here for a company, substitutes included."""
        self.ensure_one()
        step = self.sudo()
        named = step.user_ids | step.substitute_ids | step.group_id.all_user_ids
        approvers = self.env.ref(APPROVER_GROUP).sudo().all_user_ids
        return (named & approvers).filtered(
            lambda user: user.active and company in user.company_ids
        )

    def _needed(self):
        """Return how many approvals are needed: one at least.

        People who are archived are not read; without any left, nobody has approved.
        """
        self.ensure_one()
        return max(1, len(self.sudo().user_ids)) if self.mode == "all" else 1

    def _is_satisfied(self, approvals):
        """Whether these approvals of the step are enough.

        Of all, each has to approve; a substitute stands for whoever is missing.
        """
        self.ensure_one()
        people = approvals.filtered(lambda approval: approval.step_id == self).user_id
        return len(people) >= self._needed()
