"""Our people certify suppliers and move them from stage to stage."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from odoo import Command

from . import course
from .opinions import rate
from .suppliers import SUPPLIERS

# Activities are part of what one sees; the e-mails about them are not sent.
QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "mail_activity_quick_update": True,
    "mail_post_autofollow": False,
}
ADDON = "supplier_evaluation"
# How far the year is when suppliers answer the questionnaire: about its middle.
PROGRESS = 0.5


class Qualifying:
    """Certifications, stages and purchase policies of one company.

    :param partners: suppliers by name; the prospects are added
    :param service: what is said in this company
    """

    def __init__(self, env, service, partners, rng: Random):
        self.company = service.company
        self.service = service
        self.rng = rng
        self.words = service.words
        ids = self.company.ids
        context = {"allowed_company_ids": ids, "lang": env.lang, **QUIET}
        self.env = env(context=context)
        self.people = {**service.people, "admin": env.ref("base.user_admin")}
        self.partners = {**partners, **self._prospects()}
        self.opinions = {each.name: each.opinion for each in SUPPLIERS}
        self.program = self._program()
        # The certification that was applied for last, by supplier.
        self.current = {}

    def _prospects(self):
        return {
            name: self.env["res.partner"].create(
                {
                    "name": self.words(name),
                    "is_company": True,
                    "email": f"hello@{name.split()[0].lower()}.example",
                    "buyer_id": self.people["buyer"].id,
                    "country_id": self.env.ref(f"base.{country}").id,
                    "comment": self.words("Demo supplier: nothing was ordered yet."),
                }
            )
            for name, (country, _course) in course.PROSPECTS.items()
        }

    def _program(self):
        """The preset, for some tiers, with two steps of different people."""
        program = self._ref("certification_program_standard")
        tiers = [self._ref(f"tier_{tier}").id for tier in course.TIERS]
        steps = [
            Command.create(
                {
                    "name": self.words(name),
                    "sequence": sequence,
                    "user_ids": [Command.set(self.people[role].ids)],
                }
            )
            for sequence, (name, role) in enumerate(course.APPROVERS, 1)
        ]
        program.write(
            {
                "active": True,
                "company_id": self.company.id,
                "description": self.words(
                    "Strategic suppliers and partners: papers and a few questions, "
                    "decided by Quality and then by Purchasing."
                ),
                "tier_ids": [Command.set(tiers)],
                "validity_months": course.VALIDITY_MONTHS,
                "renewal_days": course.RENEWAL_DAYS,
                "step_ids": [Command.clear(), *steps],
            }
        )
        return program

    def _ref(self, name):
        return self.env.ref(f"{ADDON}.supplier_{name}")

    def _as(self, record, role):
        """The record as somebody sees it, with this person's rights."""
        return record.with_env(self.env).with_user(self.people[role])

    # ---- certifications -------------------------------------------------------------

    def apply(self, name: str) -> None:
        """The buyer fills in an application and submits it."""
        draft = self._as(self.env["supplier.certification"], "buyer").create(
            {
                "partner_id": self.partners[name].id,
                "program_id": self.program.id,
                "company_id": self.company.id,
            }
        )
        for answer in draft.answer_ids:
            rating = rate(self.opinions[name], "buyer", PROGRESS, self.rng)
            answer.write(self.service.choose(answer, rating)[1])
        draft.action_submit()
        self.current[name] = draft

    def renew(self, name: str) -> None:
        """The buyer submits the renewal that the nightly action has opened."""
        draft = self.current[name].renewal_ids
        self._as(draft, "buyer").action_submit()
        self.current[name] = draft

    def review(self, name: str) -> None:
        self._as(self.current[name], "quality").action_start_review()

    def finish_review(self, name: str) -> None:
        self._as(self.current[name], "quality").action_finish_review()

    def approve(self, name: str, role: str, conditions: str = "", days: int = 0):
        """Approve in the step that is waited for.

        :param conditions: what is still to be done, within so many days
        """
        own = self._as(self.current[name], role)
        own._approve(
            conditions=conditions and self.words(conditions),
            date_conditions=conditions and self._today() + timedelta(days=days),
        )

    def reject(self, name: str, reason: str) -> None:
        self._as(self.current[name], "quality")._reject(self.words(reason))

    def meet_conditions(self, name: str) -> None:
        self._as(self.current[name], "admin").action_meet_conditions()

    def suspend(self, name: str, reason: str) -> None:
        self._as(self.current[name], "admin")._suspend(self.words(reason))

    def revoke(self, name: str, reason: str) -> None:
        self._as(self.current[name], "admin")._revoke(self.words(reason))

    def ask_for_iso_9001(self) -> None:
        """From now on, the programme asks for one more certificate."""
        kind = self._ref("document_type_iso_9001")
        self._as(self.program, "admin").document_type_ids = [Command.link(kind.id)]

    def night(self) -> None:
        """What the scheduler does every night."""
        certifications = self.env["supplier.certification"]
        certifications._cron_expire()
        certifications._cron_suspend()
        certifications._cron_renew()

    # ---- stages ---------------------------------------------------------------------

    def enter(self, name: str, stage: str) -> None:
        """Take a supplier of old in where it stands."""
        partner = self._as(self.partners[name], "admin")
        partner._set_supplier_stage(self._ref(f"stage_{stage}"), initial=True)

    def move(self, name: str, stage: str, role: str, reason: str) -> None:
        """Move a supplier; it has what the stage asks for."""
        partner = self._as(self.partners[name], role)
        partner._set_supplier_stage(
            self._ref(f"stage_{stage}"), reason and self.words(reason)
        )

    # ---- policies -------------------------------------------------------------------

    def enforce(self, products) -> None:
        """From today on: policies, a limit for trials, one exception and one refusal.

        :param products: by their codes
        """
        today = self._today()
        for name in ("blocked", "grade_d"):
            policy = self._as(self._ref(f"purchase_policy_{name}"), "admin")
            policy.write({"active": True, "date_from": today})
        self._as(self._ref("stage_trial"), "admin").purchase_limit = course.TRIAL_LIMIT
        name, code, quantity, reason, days = course.OVERRIDE
        request = self._request(self.partners[name], products[code], quantity)
        self._as(self.env["supplier.purchase.override"], "quality")._grant(
            self.partners[name],
            self.company,
            self.words(reason),
            today + timedelta(days=days),
            order=self._as(request, "quality"),
        )
        code, quantity = course.BLOCKED
        self._request(self.partners[name], products[code], quantity)

    def _request(self, partner, product, quantity: int):
        """The buyer asks for a product; nobody has confirmed it yet."""
        line = {
            "product_id": product.id,
            "product_qty": quantity,
            "price_unit": product.standard_price,
        }
        orders = self._as(self.env["purchase.order"], "buyer")
        return orders.create(
            {"partner_id": partner.id, "order_line": [Command.create(line)]}
        )

    def _today(self) -> date:
        return self.env["supplier.certification"]._today(self.company)[self.company]
