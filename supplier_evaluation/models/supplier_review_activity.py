from odoo import api, models
from odoo.tools import format_date

ACTIVITY_TYPE = "supplier_evaluation.mail_activity_type_supplier_review"


class SupplierReview(models.Model):
    """One activity per evaluator and evaluation, however many suppliers wait.

    It sits on a review that is still open, since an evaluator may read nothing else,
    and moves on to the next one until none is left.
    """

    _inherit = "supplier.review"

    @api.model
    def _sync_activities(self, evaluations, users, done=False):
        """Bring the activities of the evaluators in line with their open reviews.

        :param done: somebody answered the last one: say so, rather than take it away
        """
        if not users:
            return
        users = users.sudo()
        waiting = self._waiting(evaluations, users)
        activities = self._review_activities(evaluations, users)
        for key, activity in activities.items():
            if key in waiting:
                self._move_activity(activity, *key, *waiting[key])
            elif done:
                activity.action_feedback()
            else:
                activity.unlink()
        self.env["mail.activity"].sudo().create(
            [
                self._activity_vals(*key, *work)
                for key, work in waiting.items()
                if key not in activities
            ]
        )

    @api.model
    def _waiting(self, evaluations, users):
        """Return ``{(evaluation, user): (open reviews, day the first is due)}``."""
        rows = self.sudo()._read_group(
            [
                ("state", "=", "open"),
                ("evaluation_id", "in", evaluations.ids),
                ("user_id", "in", users.ids),
            ],
            ["evaluation_id", "user_id"],
            ["id:recordset", "date_due:min"],
        )
        return {
            (evaluation, user): (reviews.sorted("id"), due)
            for evaluation, user, reviews, due in rows
        }

    @api.model
    def _review_activities(self, evaluations, users):
        """Return ``{(evaluation, user): activity}``."""
        activities = (
            self.env["mail.activity"]
            .sudo()
            .search(
                [
                    ("activity_type_id", "=", self.env.ref(ACTIVITY_TYPE).id),
                    ("res_model", "=", self._name),
                    ("user_id", "in", users.ids),
                ]
            )
        )
        reviews = self.sudo().browse(activities.mapped("res_id")).exists()
        evaluation_of = {review.id: review.evaluation_id for review in reviews}
        return {
            (evaluation_of[activity.res_id], activity.user_id): activity
            for activity in activities
            if evaluation_of.get(activity.res_id) in evaluations.sudo()
        }

    @api.model
    def _move_activity(self, activity, evaluation, user, reviews, due):
        vals = self._activity_vals(evaluation, user, reviews, due)
        if activity.res_id in reviews.ids:
            del vals["res_id"]
        changed = {
            name: vals[name]
            for name in ("res_id", "summary", "date_deadline")
            if name in vals and vals[name] != activity[name]
        }
        if changed:
            activity.write(changed)

    @api.model
    def _activity_vals(self, evaluation, user, reviews, due):
        lang = user.lang or self.env.lang
        texts = self.with_context(lang=lang)
        return {
            "activity_type_id": self.env.ref(ACTIVITY_TYPE).id,
            "automated": True,
            "res_model_id": self.env["ir.model"]._get_id(self._name),
            "res_id": reviews[0].id,
            "user_id": user.id,
            "date_deadline": due,
            "summary": texts.env._(
                "Assess %(count)s suppliers, %(date_from)s – %(date_to)s",
                count=len(reviews),
                date_from=format_date(self.env, evaluation.date_from, lang),
                date_to=format_date(self.env, evaluation.date_to, lang),
            ),
        }
