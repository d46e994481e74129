"""What follows from scores: alerts, corrective actions, tiers, rewards and shares."""

from __future__ import annotations

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields

from .overhearing import Overhearing
from .qualifying import QUIET
from .sequel import CURRENT, DISMISSED, GOALS, RESOLVED, SHARED
from .tidying import Tidying
from .trusting import Trusting
from .trying import try_first
from .words import Words

ADDON = "supplier_evaluation"


class Following:
    """Watches one company's suppliers, and acts on what it sees.

    :param service: what is said in this company
    :param partners: suppliers by name
    """

    def __init__(self, env, service, partners, products, words: Words):
        self.company = service.company
        context = {"allowed_company_ids": self.company.ids, "lang": env.lang, **QUIET}
        self.env = env(context=context)
        self.people = {**service.people, "admin": env.ref("base.user_admin")}
        self.partners = partners
        self.products = products
        self.words = words
        self.actions = {}
        # Only the rules that a buyer and a manager of this company answer.
        rules = self.env["supplier.alert.rule"].search([("active", "=", True)])
        rules.company_id = self.company

    def _ref(self, name):
        return self.env.ref(f"{ADDON}.supplier_{name}")

    def _as(self, record, role):
        return record.with_env(self.env).with_user(self.people[role])

    # ---- corrective actions ---------------------------------------------------------

    def begin(self, name: str, code: str, answer: str) -> None:
        """The buyer starts an 8D because of a weak figure."""
        line = self.env["supplier.scorecard.line"].search(
            [
                ("scorecard_id.partner_id", "=", self.partners[name].id),
                ("scorecard_id.company_id", "=", self.company.id),
                ("scorecard_id.state", "=", "published"),
                ("kpi_id.code", "=", code),
            ],
            order="id desc",
            limit=1,
        )
        action = self._as(line, "buyer").action_start_corrective_action()
        self.actions[name] = self.env[action["res_model"]].browse(action["res_id"])
        self._answer(self.actions[name], ("d0", "d1", "d2", "d3"), answer)

    def implement(self, name: str, cause: str, answer: str) -> None:
        """The cause is found, what was chosen against it is done, also elsewhere."""
        action = self.actions[name]
        self._as(action, "buyer").write({"cause": cause, "why_1": self.words(answer)})
        self._answer(action, ("d4", "d5", "d6", "d7", "d8"), answer)

    def _answer(self, action, codes, answer):
        steps = action.step_ids.filtered(lambda step: step.code in codes)
        for step in steps.sorted("code"):
            self._as(step, "buyer")._answer(f"<p>{self.words(answer)}</p>")
            self._as(step, "quality")._accept()

    # ---- nights ---------------------------------------------------------------------

    def night(self) -> None:
        """What the scheduler does, and what people do about it in the morning."""
        self.env["supplier.alert.rule"]._cron_look()
        self.env["supplier.alert"]._cron_follow_up()
        self.env["supplier.corrective.action"]._cron_verify()

    def morning(self) -> None:
        """The buyer sees to what came in the night, but not to all of it."""
        since = fields.Datetime.now() - timedelta(days=1)
        alerts = self.env["supplier.alert"].search(
            [("state", "=", "open"), ("date_opened", ">=", since)], order="id"
        )
        for alert in alerts[::2]:
            self._as(alert, "buyer").action_acknowledge()

    def settle(self) -> None:
        """One alert is resolved by hand, and one put off; the 8D of one goes on."""
        alerts = self.env["supplier.alert"].search(
            [("state", "=", "acknowledged")], order="id"
        )
        if alerts:
            self._as(alerts[0], "buyer")._resolve(self.words(RESOLVED))
        for alert in alerts[1:2]:
            until = alert.date_opened + timedelta(days=120)
            self._as(alert, "buyer")._snooze(until)
        name, answer = CURRENT
        action = self.env["supplier.corrective.action"].search(
            [("partner_id", "=", self.partners[name].id)], limit=1
        )
        if action:
            self._answer(action, ("d0", "d1", "d2"), answer)

    # ---- today ----------------------------------------------------------------------

    def today(self) -> None:
        """What the grades and figures of today ask for, and what was decided on it."""
        self.env["supplier.evaluation"]._cron_look_at_running_periods()
        self.env["supplier.tier.figure"]._cron_refresh()
        self.env["supplier.incentive"]._cron_follow_grades()
        self._decide_on_tiers()
        self._decide_on_incentives()
        self._share()
        try_first(self._as(self._ref("scorecard_template_general"), "admin"))
        self._aim()
        Trusting(self).agree()
        Overhearing(self).hear()
        Tidying(self).tidy()

    def _decide_on_tiers(self):
        proposals = self.env["supplier.tier.proposal"].search(
            [("state", "=", "proposed"), ("company_id", "=", self.company.id)],
            order="id",
        )
        for proposal in proposals[:1]:
            self._as(proposal, "admin").action_confirm()
        for proposal in proposals[1:2]:
            self._as(proposal, "admin")._dismiss(self.words(DISMISSED))

    def _decide_on_incentives(self):
        """The first of each kind is put into force; the others wait."""
        waiting = self.env["supplier.incentive"].search(
            [("state", "=", "proposed"), ("company_id", "=", self.company.id)],
            order="id",
        )
        for kind in ("preferred", "inspection"):
            for one in waiting.filtered(lambda each, own=kind: each.kind == own)[:1]:
                self._as(one, "admin").action_approve()
                self._as(one, "admin").action_apply()

    def _share(self):
        """The buyer proposes shares of a product, and the manager accepts one."""
        allocation = self._as(self.env["supplier.allocation"], "buyer").create(
            {"product_id": self.products[SHARED].id, "company_id": self.company.id}
        )
        if allocation.line_ids:
            allocation.action_propose()
            self._as(allocation.line_ids[:1], "admin").action_accept()

    def _aim(self):
        """Goals begin where the first published month was, and are followed."""
        runs = self.env["supplier.evaluation"].search(
            [("state", "=", "published"), ("company_id", "=", self.company.id)],
            order="date_to",
        )
        for goal in GOALS:
            self._set_goal(runs, *goal)
        self.env["supplier.goal"]._cron_follow()

    def _set_goal(self, runs, name, figure, tier, supplier, target, owner, months):
        first, last = runs[0], runs[-1]
        kpi = self.env["supplier.kpi"].search([("code", "=", figure)])
        goal = self.env["supplier.goal"].create(
            {
                "name": self.words(name),
                "company_id": self.company.id,
                "user_id": self.people[owner].id,
                "template_id": first.template_id.id,
                "metric": "kpi" if kpi else figure,
                "kpi_id": kpi.id,
                "grade_id": False if kpi else self._ref("grade_b").id,
                "scope": "supplier" if supplier else "tier" if tier else "all",
                "tier_id": self._ref(f"tier_{tier}").id if tier else False,
                "partner_id": self.partners[supplier].id if supplier else False,
                # For a moment: what it was then is measured first.
                "baseline": target,
                "date_baseline": first.date_to,
                "target": target,
                "date": last.date_to + relativedelta(months=months, day=31),
            }
        )
        begun = goal._measure()[goal][0].value
        if begun is not None and goal._path().is_as_good(target, begun):
            goal.baseline = round(begun, 1)
