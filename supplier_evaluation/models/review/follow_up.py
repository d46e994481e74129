from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date

from ...tools.periods import period_label
from ...tools.scheduled import Work, run_scheduled

ACTIVITY_TYPE = "supplier_evaluation.mail_activity_type_supplier_review"


class SupplierReview(models.Model):
    """Activities and reminders: how people learn what they are asked.

    There is one activity per evaluator and evaluation, however many suppliers wait. It
    sits on a review that is still open, since an evaluator may read nothing else, and
    moves on to the next one until none is left.
    """

    _inherit = "supplier.review"

    # ------------------------------------------------------------
    # Activities
    # ------------------------------------------------------------

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
        env = self.with_context(lang=user.lang or self.env.lang).env
        return {
            "activity_type_id": self.env.ref(ACTIVITY_TYPE).id,
            "automated": True,
            "res_model_id": self.env["ir.model"]._get_id(self._name),
            "res_id": reviews[0].id,
            "user_id": user.id,
            "date_deadline": due,
            "summary": env._(
                "Suppliers to assess: %(count)s, %(period)s",
                count=len(reviews),
                period=period_label(env, evaluation.date_from, evaluation.date_to),
            ),
        }

    # ------------------------------------------------------------
    # Cron
    # ------------------------------------------------------------

    @api.model
    def _cron_remind_reviews(self):
        """Remind each evaluator once before reviews are due, and once after.

        One message per evaluator and evaluation. What the people who left did not
        answer is cancelled; what they answered keeps counting. Each evaluator is a
        transaction: one that fails is tried again on the next day.

        :raises Exception: the error of one that failed, when the others are done
        """
        now = fields.Datetime.now()
        due = [("left", reviews) for reviews in self._of_leavers()]
        due += self._to_remind(now)
        run_scheduled(
            self.env,
            Work(
                "Follow-up of supplier reviews",
                due,
                self._follow_up,
                describe=self._describe_due,
            ),
        )

    @api.model
    def _follow_up(self, due):
        """Do what is due with the reviews of some evaluators.

        Where another transaction has one in hand, all wait for the next day.

        :param due: list of ``(kind, reviews)``; ``left`` cancels, ``due`` and
            ``overdue`` remind
        """
        for kind, reviews in due:
            if reviews.try_lock_for_update(allow_referencing=True) != reviews:
                continue
            # Somebody may have answered since, or have come back.
            still_due = reviews.filtered(lambda each, kind=kind: each._is_due(kind))
            if still_due and kind == "left":
                still_due._cancel()
            elif still_due:
                still_due._remind(kind)

    def _is_due(self, kind):
        self.ensure_one()
        if self.state != "open" or self.user_id.active == (kind == "left"):
            return False
        # Each kind of reminder once, and the first one not after the second.
        return kind == "left" or self.reminder not in (kind, "overdue")

    @api.model
    def _describe_due(self, due):
        kind, reviews = due
        return f"{reviews} {kind}, {', '.join(reviews.user_id.mapped('name'))}"

    @api.model
    def _of_leavers(self):
        """Return the open reviews of people who left, one recordset for each."""
        left = self.search([("state", "=", "open"), ("user_id.active", "=", False)])
        return list(left.grouped("user_id").values())

    @api.model
    def _to_remind(self, now):
        """Return ``[(kind of reminder, reviews of one evaluator and evaluation)]``.

        A day is one of the company's time zone. Who acts in another company now, or
        has lost the access, could not open what it is reminded of.
        """
        latest = now.date() + timedelta(days=2)
        found = self.search(
            [
                ("state", "=", "open"),
                ("date_due", "<=", latest),
                ("reminder", "!=", "overdue"),
                ("user_id.active", "=", True),
            ]
        )
        result = []
        for company, reviews in found.grouped("company_id").items():
            today = company._supplier_day(now)
            able, _problem = reviews.user_id._able_to_review(company)
            reviews = reviews.filtered(lambda each, able=able: each.user_id in able)
            late = reviews.filtered(lambda review, today=today: review.date_due < today)
            soon = (reviews - late).filtered(
                lambda review, today=today: (
                    not review.reminder and review.date_due <= today + timedelta(days=1)
                )
            )
            for kind, some in (("overdue", late), ("due", soon)):
                groups = some.grouped(lambda each: (each.evaluation_id, each.user_id))
                result += [(kind, group) for group in groups.values()]
        return result

    def _remind(self, kind):
        """Write to the evaluator of the reviews.

        :param kind: ``due`` or ``overdue``
        """
        user, due = self.user_id, min(self.mapped("date_due"))
        texts = self.with_context(lang=user.lang or self.env.lang)
        values = {
            "count": len(self),
            "evaluation": self.evaluation_id.name,
            "due": format_date(self.env, due, user.lang),
        }
        if kind == "due":
            subject = texts.env._("Supplier reviews are due on %(due)s", **values)
            body = texts.env._(
                "Your assessment for %(evaluation)s is still missing (suppliers: "
                "%(count)s). It is due on %(due)s, until the end of that day; what "
                "comes after the cut-off of the evaluation counts only if it is "
                "revised.",
                **values,
            )
        else:
            subject = texts.env._("Supplier reviews were due on %(due)s", **values)
            body = texts.env._(
                "Your assessment for %(evaluation)s is still missing (suppliers: "
                "%(count)s). It was due on %(due)s. The evaluation does not wait for "
                "it.",
                **values,
            )
        self._write_guarded({"reminder": kind})
        texts.sorted("id")[0].message_notify(
            partner_ids=user.partner_id.ids, subject=subject, body=body
        )
