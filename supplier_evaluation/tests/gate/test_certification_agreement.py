from ast import literal_eval
from datetime import date
from typing import NamedTuple

from freezegun import freeze_time
from lxml import etree

from odoo import Command
from odoo.tests import tagged

from ...models.certification.status import IN_FORCE, PRECEDENCE
from ...models.gate.gate import PurchaseGate
from ..certification.common import CertificationCommon
from .common import GateAsserts

TODAY = "2026-03-20 04:00:00"
A_YEAR_AGO = "2025-03-20 04:00:00"


class Case(NamedTuple):
    """What a supplier has, one after the other, and what is said of it.

    ``status`` is what the vendor shows, and what the gate sees for a chip. The KPI
    asks for every programme, and takes what is granted for a part of the products.
    """

    has: tuple
    status: str
    score: int
    status_for_chips: str = ""
    status_in_kpi: str = ""

    @property
    def gate(self):
        return self.status_for_chips or self.status

    @property
    def kpi(self):
        return self.status_in_kpi or self.status, self.score


CASES = {
    "nothing": Case((), "none", 0),
    "not submitted": Case(("_draft",), "none", 0),
    "applied": Case(("_submitted",), "in_progress", 0),
    "in review": Case(("_in_review",), "in_progress", 0),
    "in approval": Case(("_in_approval",), "in_progress", 0),
    "certified": Case(("_certified",), "certified", 100),
    "with conditions": Case(("_conditional",), "conditional", 50),
    "better than conditions": Case(("_conditional", "_certified"), "certified", 100),
    "certified, applied": Case(("_certified", "_submitted"), "certified", 100),
    "certified, rejected": Case(("_certified", "_rejected"), "certified", 100),
    "conditional, applied": Case(("_conditional", "_submitted"), "conditional", 50),
    "begins later": Case(("_begins_later",), "none", 0),
    "begins later, applied": Case(("_begins_later", "_submitted"), "in_progress", 0),
    "begins today": Case(("_begins_today",), "certified", 100),
    "over since yesterday": Case(("_over",), "expired", 0),
    "over since yesterday, applied": Case(("_over", "_submitted"), "expired", 0),
    "expired": Case(("_expired",), "expired", 0),
    "expired, archived": Case(("_expired_archived",), "expired", 0),
    "expired, not submitted": Case(("_expired", "_draft"), "expired", 0),
    "expired, applied": Case(("_expired", "_submitted"), "expired", 0),
    "expired, begins later": Case(("_expired", "_begins_later"), "expired", 0),
    "expired, certified": Case(("_expired", "_certified"), "certified", 100),
    "rejected": Case(("_rejected",), "rejected", 0),
    "rejected, applied": Case(("_rejected", "_submitted"), "rejected", 0),
    "rejected, certified": Case(("_rejected", "_certified"), "certified", 100),
    "expired, rejected": Case(("_expired", "_rejected"), "rejected", 0),
    "rejected, expired": Case(("_rejected", "_expired"), "rejected", 0),
    "suspended": Case(("_suspended",), "suspended", 0),
    "suspended, applied": Case(("_suspended", "_submitted"), "suspended", 0),
    "revoked": Case(("_revoked",), "revoked", 0),
    "revoked, applied": Case(("_revoked", "_submitted"), "revoked", 0),
    "revoked, suspended": Case(("_revoked", "_suspended"), "suspended", 0),
    "two programmes": Case(
        ("_certified", "_expired_elsewhere"), "certified", 0, status_in_kpi="expired"
    ),
    "two scopes": Case(
        ("_certified_for_boxes", "_expired_for_chips"),
        "certified",
        100,
        status_for_chips="expired",
    ),
    "two scopes, applied": Case(
        ("_certified_for_boxes", "_expired_for_chips", "_submitted"),
        "certified",
        100,
        status_for_chips="expired",
    ),
}


@tagged("post_install", "-at_install")
class TestCertificationAgreement(CertificationCommon, GateAsserts):
    """One supplier of each case: vendor, filter, policy, gate, stage and KPI agree."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["supplier.purchase.policy"].search([]).active = False
        cls.env["supplier.certification.program"].search([]).active = False
        categories = cls.env["product.category"]
        cls.boxes = categories.create({"name": "Boxes"})
        cls.electronics = categories.create({"name": "Electronics"})
        cls.chip = cls._create_product("Chip", categ_id=cls.electronics.id)
        # Nothing is asked, and who was rejected may apply again on the same day.
        easy = {"document_type_ids": [Command.clear()], "waiting_days": 0}
        cls.program = cls._program(name="Everybody", **easy)
        cls.elsewhere = cls._program(
            name="Some", partner_domain="[('name', '=', 'two programmes')]", **easy
        )
        cls.partners, cls.orders = {}, {}
        with freeze_time(TODAY):
            for name, case in CASES.items():
                partner = cls._create_supplier(name)
                cls.partners[name] = partner
                cls._order(1, 5, "2026-03-10", partner=partner)
                cls.orders[name] = cls._order_chips(partner)
                for builder in case.has:
                    getattr(cls, builder)(partner_id=partner.id)
            # The scheduled action finds what the new day changed, and ends nothing.
            certifications = cls.env["supplier.certification"]
            changed = certifications._find_begun() | certifications._find_expired()
            changed._refresh_vendors()
        cls.env.flush_all()
        cls.env.invalidate_all()

    @classmethod
    def _order_chips(cls, partner):
        orders = cls._as(cls.env["purchase.order"], "submitter")
        return orders.create(
            {
                "partner_id": partner.id,
                "company_id": cls.company.id,
                "order_line": [
                    Command.create({"product_id": cls.chip.id, "product_qty": 1})
                ],
            }
        )

    # ------------------------------------------------------------
    # What a supplier may have besides
    # ------------------------------------------------------------

    @classmethod
    def _granted(cls, date_from, date_to, **vals):
        certification = cls._certified(**vals)
        days = {"date_from": date_from, "date_to": date_to}
        certification._transition("certified", vals=days)
        return certification

    @classmethod
    def _begins_later(cls, **vals):
        return cls._granted(date(2026, 6, 1), date(2027, 5, 31), **vals)

    @classmethod
    def _over(cls, **vals):
        """Its last day was yesterday, and it was not ended yet."""
        with freeze_time(A_YEAR_AGO):
            return cls._certified(**vals)

    @classmethod
    def _begins_today(cls, **vals):
        """It was granted before, and this is its first day."""
        with freeze_time(A_YEAR_AGO):
            return cls._granted(date(2026, 3, 20), date(2027, 3, 19), **vals)

    @classmethod
    def _expired_archived(cls, **vals):
        cls._expired(**vals).active = False

    @classmethod
    def _expired_elsewhere(cls, **vals):
        cls._expired(**vals, program_id=cls.elsewhere.id)

    @classmethod
    def _certified_for_boxes(cls, **vals):
        cls._certified(**vals, category_ids=[Command.set(cls.boxes.ids)])

    @classmethod
    def _expired_for_chips(cls, **vals):
        cls._expired(**vals, category_ids=[Command.set(cls.electronics.ids)])

    # ------------------------------------------------------------
    # What is said of them
    # ------------------------------------------------------------

    def _named(self, partners):
        return {partner.name for partner in partners}

    def _search(self, domain):
        partners = self.env["res.partner"].with_company(self.company)
        own = self.env["res.partner"].union(*self.partners.values())
        return self._named(partners.search([("id", "in", own.ids), *domain]))

    def _blocked(self):
        """Return for which suppliers the policies refuse the order."""
        verdicts = PurchaseGate(
            self.env["purchase.order"].union(*self.orders.values())
        ).verdicts("order")
        return {
            name
            for name, order in self.orders.items()
            if verdicts[order.id].level == "block"
        }

    def _policy(self, *statuses):
        return self.env["supplier.purchase.policy"].create(
            {
                "name": "Papers first",
                "company_id": self.company.id,
                "date_from": date(2020, 1, 1),
                "effect": "block",
                **{f"certification_{status}": True for status in statuses},
            }
        )

    @freeze_time(TODAY)
    def test_vendor_form(self):
        for name, case in CASES.items():
            with self.subTest(name):
                self.assertEqual(self._status(self.partners[name]), case.status)

    @freeze_time(TODAY)
    def test_vendor_search(self):
        for status in PRECEDENCE:
            expected = {name for name, one in CASES.items() if one.status == status}
            self.assertTrue(expected, status)
            domain = [("supplier_certification_state", "=", status)]
            self.assertEqual(self._search(domain), expected, status)

    @freeze_time(TODAY)
    def test_vendor_filters(self):
        view = self.env.ref("supplier_evaluation.res_partner_view_search_certification")
        domains = {
            node.get("name"): literal_eval(node.get("domain"))
            for node in etree.fromstring(view.arch).iter("filter")
            if node.get("domain")
        }
        wanted = {"supplier_certified": IN_FORCE, "supplier_suspended": ("suspended",)}
        self.assertEqual(domains.keys(), wanted.keys())
        for name, statuses in wanted.items():
            expected = {key for key, one in CASES.items() if one.status in statuses}
            self.assertEqual(self._search(domains[name]), expected, name)

    @freeze_time(TODAY)
    def test_policy(self):
        """A policy for one status concerns those who have it, and nobody else."""
        for status in PRECEDENCE:
            policy = self._policy(status)
            self.assertTrue(policy.has_certification, status)
            expected = {name for name, one in CASES.items() if one.gate == status}
            self.assertEqual(self._blocked(), expected, status)
            policy.active = False

    @freeze_time(TODAY)
    def test_gate(self):
        """Whoever is not certified gets no order."""
        self._policy(*(status for status in PRECEDENCE if status not in IN_FORCE))
        for name, case in CASES.items():
            order = self.orders[name]
            with self.subTest(name):
                if case.gate in IN_FORCE:
                    order.button_confirm()
                    self.assertEqual(order.state, "purchase")
                else:
                    self.assertBlocked(order, "Papers first")

    @freeze_time(TODAY)
    def test_stage(self):
        """A stage for certified suppliers asks for what is in force."""
        partners = self.env["res.partner"].union(*self.partners.values())
        covering = self.env["supplier.certification"]._covering(partners, self.company)
        self.assertEqual(
            self._named(one for one in partners if covering[one.id]),
            {name for name, case in CASES.items() if case.status in IN_FORCE},
        )

    @freeze_time(TODAY)
    def test_kpi(self):
        ids = [partner.id for partner in self.partners.values()]
        scope = self._scope()
        facts = self.env["supplier.certification.fact"]._with_fact_scope(scope)
        found = facts.search([("partner_id", "in", ids)]).grouped("partner_id")
        kpi = self.env.ref("supplier_evaluation.supplier_kpi_certification")
        measures = kpi._measure(scope)
        for name, case in CASES.items():
            partner = self.partners[name]
            with self.subTest(name):
                fact = found[partner]
                self.assertEqual((fact.status, fact.score), case.kpi)
                self.assertEqual(measures[partner.id][kpi.code].value, case.score)
