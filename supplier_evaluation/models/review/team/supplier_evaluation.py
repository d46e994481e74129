import json

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL, format_list

from .supplier_scorecard_template_member import DEPARTMENTS


class SupplierEvaluation(models.Model):
    """What the team has to say before an evaluation is published."""

    _inherit = "supplier.evaluation"

    leader_id = fields.Many2one(related="template_id.leader_id")
    disagreement_text = fields.Char(
        string="Reviewers Disagree", compute="_compute_disagreement_text"
    )
    disagreement_accepted = fields.Char(readonly=True, copy=False)
    can_accept_disagreement = fields.Boolean(compute="_compute_disagreement_text")

    @api.depends("state", "disagreement_accepted", "template_id.disagreement_limit")
    @api.depends_context("uid", "lang")
    def _compute_disagreement_text(self):
        for evaluation in self:
            waiting = evaluation._disagreements_to_accept()
            evaluation.disagreement_text = bool(
                waiting
            ) and evaluation._say_disagreement(waiting)
            evaluation.can_accept_disagreement = bool(
                waiting and self.env.user == evaluation._who_accepts()
            )

    # ------------------------------------------------------------
    # Before it is published
    # ------------------------------------------------------------

    def action_publish(self):
        """Publish what the team has agreed on.

        :raises UserError: too few departments reviewed, or reviewers disagree and the
            leader has not accepted it
        """
        self.check_access("write")
        for evaluation in self.filtered(lambda run: run.state == "computed"):
            if problem := evaluation._team_problem():
                raise UserError(problem)
        return super().action_publish()

    def _segregation_or_team_problem(self):
        return super()._segregation_or_team_problem() or self._team_problem()

    def _is_held_for_people(self):
        if super()._is_held_for_people():
            return True
        problem = self._team_problem()
        if problem:
            self._message_log(body=problem)
            self._tell_leader()
        return bool(problem)

    def _tell_leader(self):
        leader = self._who_accepts()
        if leader:
            problem = self.with_context(lang=leader.lang)._team_problem()
            self.message_notify(
                partner_ids=leader.partner_id.ids,
                subject=self.name,
                body=problem,
            )

    def _team_problem(self):
        """Return why the team keeps the evaluation from being published, or False."""
        self.ensure_one()
        waiting = self._disagreements_to_accept()
        if waiting:
            return self._say_disagreement(waiting)
        missing = self._departments_missing()
        return missing and self.env._(
            "Reviews of %(count)s departments are there, of at least %(minimum)s they "
            "are needed: %(missing)s. Ask them, or lower the number in the template.",
            **missing,
        )

    # ------------------------------------------------------------
    # Departments
    # ------------------------------------------------------------

    def _departments_missing(self):
        """Return what is missing of the departments that have to review, or False."""
        template = self.sudo().template_id
        minimum = template.minimum_departments
        if not minimum or not template.member_ids:
            return False
        reviews = self._origin.sudo()._same_period().review_ids
        if not reviews:
            return False
        done = reviews.filtered(lambda review: review.state == "done")
        heard = template.member_ids.filtered(lambda one: one.user_id in done.user_id)
        departments = set(heard.mapped("department"))
        if len(departments) >= minimum:
            return False
        labels = dict(
            template.member_ids._fields["department"]._description_selection(self.env)
        )
        silent = set(template.member_ids.mapped("department")) - departments
        ordered = [labels[name] for name, _label in DEPARTMENTS if name in silent]
        return {
            "count": len(departments),
            "minimum": minimum,
            "missing": format_list(self.env, ordered),
        }

    # ------------------------------------------------------------
    # Disagreement
    # ------------------------------------------------------------

    def action_accept_disagreement(self):
        """Publish although reviewers disagree: the leader has looked at it.

        :raises AccessError: the user is not the leader
        """
        for evaluation in self.filtered(lambda run: run._disagreements_to_accept()):
            if self.env.user != evaluation._who_accepts():
                raise AccessError(
                    self.env._(
                        "Only the leader of the team accepts that reviewers disagree: "
                        "ask %s.",
                        evaluation._who_accepts().sudo().name,
                    )
                )
            waiting = evaluation._disagreements_to_accept()
            evaluation.sudo()._write_guarded(
                {"disagreement_accepted": json.dumps(waiting)}
            )
            evaluation.sudo()._message_log(
                body=self.env._(
                    "%(leader)s accepted: %(what)s",
                    leader=self.env.user.name,
                    what=evaluation._say_disagreement(waiting),
                )
            )

    def _who_accepts(self):
        return self.sudo().template_id._active_leader()

    def _disagreements_to_accept(self):
        """Return what reviewers disagree about that the leader has not accepted.

        Without a leader, nobody is asked. A review that makes it wider asks again.

        :return: list of ``[supplier id, points between the lowest and the highest]``
        """
        self.ensure_one()
        template = self.sudo().template_id
        asked = self.state == "computed" and template._active_leader()
        if not asked or not template.disagreement_limit:
            return []
        found = self._disagreements(template.disagreement_limit)
        return [] if json.dumps(found) == self.disagreement_accepted else found

    def _disagreements(self, limit):
        self.env["supplier.review"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT partner_id, MAX(score) - MIN(score)
                  FROM supplier_review
                 WHERE evaluation_id = ANY(%s) AND state = 'done' AND has_score
                 GROUP BY partner_id HAVING MAX(score) - MIN(score) >= %s
                 ORDER BY MAX(score) - MIN(score) DESC, partner_id
                """,
                self._origin._same_period().ids,
                limit,
            )
        )
        return [[partner_id, float(spread)] for partner_id, spread in rows]

    def _say_disagreement(self, found):
        suppliers = self.env["res.partner"].sudo().browse(row[0] for row in found[:3])
        return self.env._(
            "Reviewers disagree about %(suppliers)s (suppliers: %(count)s, up to "
            "%(points)s points apart). The leader, %(leader)s, is asked before it is "
            "published.",
            suppliers=format_list(self.env, suppliers.mapped("name")),
            count=len(found),
            points=round(found[0][1]),
            leader=self._who_accepts().sudo().name,
        )
