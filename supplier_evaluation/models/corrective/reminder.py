from odoo import api, fields, models

from ...tools.activities import plan, planned
from ...tools.groups import MANAGER_GROUP, holders_of
from ...tools.scheduled import Work, run_scheduled

ACTIVITY = "supplier_evaluation.mail_activity_type_corrective_step"
OVERDUE = "supplier_evaluation.mail_activity_type_corrective_overdue"
BATCH = 200
# What an activity says of a step.
SAID = ("user_id", "date_deadline", "summary")


class SupplierCorrectiveAction(models.Model):
    """The owner of the current step has something to do, and hears when it is late."""

    _inherit = "supplier.corrective.action"

    def _remind_owners(self):
        """Keep one activity of each: of the step that is to be done next.

        Where all are done and no figure tells whether it helped, somebody is to say so.

        What was told about steps that are late stays until they are answered. Whoever
        was told so of the step that is next has it once.
        """
        activities = self.env["mail.activity"].sudo()
        activity_type = self.env.ref(ACTIVITY)
        late_type = self.env.ref(OVERDUE)
        found = activities.search(
            [
                ("activity_type_id", "in", (activity_type | late_type).ids),
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
            ]
        ).grouped("res_id")
        over, missing = activities, []
        told, to_do = self._told_late(), self._to_do()
        for action in self:
            vals = to_do.get(action)
            mine = found.get(action.id, activities)
            late = mine.filtered(lambda one: one.activity_type_id == late_type)
            kept = _saying(late, told.get(action, ()))
            same = vals and (_saying(kept, [vals]) or _saying(mine - late, [vals]))
            over |= mine - (same or activities) - kept
            if vals and not same:
                missing.append({**vals, "res_id": action.id})
        over.unlink()
        plan(self, ACTIVITY, missing)

    def _to_do(self):
        """Return what is on somebody's list about each, by action."""
        going = self.filtered(lambda one: one.state in ("open", "verifying"))
        steps = going.step_id._who_hears("user_id", "action_id.user_id")
        judges = self.env["res.company"]._supplier_listeners(
            {one: (one.user_id, one.partner_id.sudo().buyer_id) for one in going}
        )
        to_do = {
            step.action_id: step._as_activity(owner)
            for step, owner in steps.items()
            if owner
        }
        for action in going.filtered("is_judged_by_hand"):
            if not action.step_id and judges[action]:
                to_do[action] = action._as_judgement(judges[action])
        return to_do

    def _as_judgement(self, owner):
        """Return what is on the list of who says whether it helped."""
        decided = filter(None, self.step_ids.mapped("date_decided"))
        done = max(decided, default=fields.Datetime.now())
        return {
            "user_id": owner.id,
            "date_deadline": self.company_id._supplier_day(done),
            "summary": self.with_context(lang=owner.sudo().lang).env._(
                "Say whether it helped"
            ),
        }

    def _without_judge(self):
        """Return those that somebody is to judge, and that are on nobody's list."""
        asked = self.filtered(lambda one: one.is_judged_by_hand and not one.step_id)
        return asked - self.browse(planned(asked, ACTIVITY).mapped("res_id"))

    def _tell_new_owner(self):
        """Whoever owns it now hears tonight of what is late, as the one before did."""
        told = self.sudo().step_ids.filtered("date_overdue_told")
        told._write_guarded({"date_overdue_told": False})
        self._remind_owners()

    def _told_late(self):
        """Return what activities say of the steps that are late still, by action."""
        late = self.step_ids.filtered("is_overdue")
        hearing = late._who_hears("action_id.user_id", "user_id")
        return {
            action: [
                step._as_activity(hearing[step]) for step in steps if hearing[step]
            ]
            for action, steps in late.grouped("action_id").items()
        }

    # ------------------------------------------------------------
    # Cron
    # ------------------------------------------------------------

    @api.model
    def _cron_remind(self):
        """Tell the owner of the action of steps that are overdue, each once.

        :raises Exception: the error of one that failed, when the others are done
        """
        run_scheduled(
            self.env,
            Work(
                "Overdue step",
                self.env["supplier.corrective.action.step"].search(
                    self._overdue_domain()
                ),
                lambda steps: steps._tell_overdue(),
                size=BATCH,
            ),
        )

    @api.model
    def _overdue_domain(self):
        return [
            ("action_id.state", "in", ["open", "verifying"]),
            ("state", "in", ["open", "rejected"]),
            ("date_due", "<", fields.Datetime.now()),
            ("date_overdue_told", "=", False),
        ]


class SupplierCorrectiveActionStep(models.Model):
    _inherit = "supplier.corrective.action.step"

    date_overdue_told = fields.Datetime(readonly=True, copy=False)

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {"date_overdue_told"}

    def write(self, vals):
        """Due anew, it is told anew; whose it is has it on the list."""
        result = super().write(vals)
        if "date_due" in vals:
            told = self.filtered("date_overdue_told")
            told._write_guarded({"date_overdue_told": False})
        if {"user_id", "date_due"} & vals.keys():
            self.action_id._remind_owners()
        return result

    def _as_activity(self, owner):
        """Return what the owner has on the list about a step, in the owner's words."""
        self.ensure_one()
        due = self.date_due or fields.Datetime.now()
        return {
            "user_id": owner.id,
            "date_deadline": self.company_id._supplier_day(due),
            "summary": self.with_context(lang=owner.sudo().lang).display_name,
        }

    def _who_hears(self, *names):
        """Return who hears of each step: one of some people, the buyer, or a manager.

        Whoever entered an answer is asked to accept it only where nobody else could.

        :param str names: where the people are named, the nearest first
        """
        asked, managers = {}, {}
        for step in self:
            people = [
                *(step.mapped(name)[:1] for name in names),
                step.action_id.partner_id.sudo().buyer_id,
            ]
            if own := step.state == "answered" and step._involved():
                company = step.company_id
                if company not in managers:
                    managers[company] = self._managers_of(company)
                people = [
                    one for one in (*people, *managers[company]) if one not in own
                ]
            asked[step] = people
        return self.env["res.company"]._supplier_listeners(asked)

    @api.model
    def _managers_of(self, company):
        users = self.env["res.users"].sudo()
        return users.search(holders_of(self.env, MANAGER_GROUP, company), order="id")

    def _tell_overdue(self):
        """Put each on the list of the owner of its action, with what is late."""
        actions = self.env["supplier.corrective.action"]
        late = self.filtered_domain(actions._overdue_domain())
        hearing = late._who_hears("action_id.user_id", "user_id")
        heard = {step: owner for step, owner in hearing.items() if owner}
        plan(
            late.action_id,
            OVERDUE,
            [
                {"res_id": step.action_id.id, **step._as_activity(owner)}
                for step, owner in heard.items()
            ],
        )
        # What nobody could hear is told as soon as somebody can.
        told = self.browse([step.id for step in heard])
        told._write_guarded({"date_overdue_told": fields.Datetime.now()})
        told.action_id._remind_owners()


def _saying(activities, wanted):
    """Return those activities that say one of what is wanted."""
    said = [tuple(vals[name] for name in SAID) for vals in wanted]
    return activities.filtered(
        lambda one: (one.user_id.id, one.date_deadline, one.summary) in said
    )
