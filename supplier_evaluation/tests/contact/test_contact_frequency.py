from odoo.tests import tagged

from ..common import MANAGER
from ..fact.common import CatalogueCommon


@tagged("post_install", "-at_install")
class TestContactFrequency(CatalogueCommon):
    """Contacts held in March against the contact plan of the supplier's tier."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._create_user("frequency_manager", MANAGER)
        cls.tier = cls.env["supplier.tier"].create(
            {"name": "Watched", "contact_days": 7, "visit_days": 30}
        )
        cls.supplier.supplier_tier_id = cls.tier

    @classmethod
    def _talk(cls, day, kind="call", logged=None, **vals):
        contact = cls.env["supplier.contact"].create(
            {
                "partner_id": cls.supplier.id,
                "company_id": cls.company.id,
                "kind": kind,
                "date": f"{day} 04:00:00",
                "subject": "Talk",
                **vals,
            }
        )
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE supplier_contact SET create_date = %s WHERE id = %s",
            [logged or contact.date, contact.id],
        )
        contact.invalidate_recordset()
        return contact

    def _figure(self, **scope):
        self.env.flush_all()
        return self._value("contact_frequency", **scope)

    def _facts(self, **scope):
        self.env.flush_all()
        facts = self.env["supplier.contact.fact"]._with_fact_scope(
            self._scope(with_excluded=True, **scope)
        )
        return facts.search([("partner_id", "=", self.supplier.id)])

    def test_figure(self):
        """Each 7 days in 31: 4 are planned; 3 held are 75 %, never above 100 %."""
        self.assertEqual(self._figure(), 0)
        for day, kind in (("03-02", "call"), ("03-02", "visit"), ("03-20", "mail")):
            self._talk(f"2026-{day}", kind)
        self._talk("2026-02-28")
        self.assertAlmostEqual(self._figure(), 75)
        self.assertAlmostEqual(self._figure(weighting="line"), 75)
        for day in (21, 22, 23):
            self._talk(f"2026-03-{day}", partner_id=self.contact.id)
        self.assertAlmostEqual(self._figure(), 100)
        facts = self._facts()
        self.assertEqual(sum(facts.mapped("held")), 4)
        self.assertEqual(sum(fact.planned or 0 for fact in facts), 4)
        plan = facts.filtered("planned")
        self.assertEqual(plan.name, "Planned contacts: 4")
        self.assertEqual((plan.res_model, plan.res_id), (self.tier._name, self.tier.id))

    def test_without_a_plan_there_is_no_figure(self):
        """Nor in a period that is shorter than the plan's days; never 0."""
        self._talk("2026-03-02")
        self.tier.contact_days = 0
        self.assertEqual(self._figure(), 0, "who is to be met was called only")
        self.tier.visit_days = 32
        self.assertIsNone(self._figure())
        self.tier.visit_days = 0
        self.assertIsNone(self._figure())
        self.tier.contact_days = 31
        self.assertAlmostEqual(self._figure(), 100)
        self.supplier.supplier_tier_id = False
        self.assertIsNone(self._figure())
        [fact] = self._facts()
        self.assertEqual(fact.exclusion, "no_reference")
        self.assertIn("no contact plan", fact.exclusion_reason)

    def test_only_meetings(self):
        """Where the plan only asks to meet, a call fills nothing and says so."""
        self.tier.write({"contact_days": 0, "visit_days": 15})
        call = self._talk("2026-03-02")
        self._talk("2026-03-03", "visit")
        self.assertAlmostEqual(self._figure(), 50)
        fact = self._facts().filtered(lambda one: one.id == call.id * 2)
        self.assertIn("asks to meet", fact.exclusion_reason)

    def test_what_does_not_count_says_why(self):
        self._talk("2026-03-02")
        archived = self._talk("2026-03-03")
        archived.active = False
        late = self._talk("2026-03-04", logged="2026-11-20 04:00:00")
        waived = self._talk("2026-03-05")
        waived.with_user(self.manager)._set_supplier_exclusion("manual", "By mistake")
        cutoff = {"cutoff": "2026-04-30 00:00:00"}
        self.assertAlmostEqual(self._figure(**cutoff), 25)
        found = {fact.id: fact.exclusion for fact in self._facts(**cutoff)}
        self.assertEqual(
            {one: found[one.id * 2] for one in archived | late | waived},
            {archived: "cancelled", late: "outside_period", waived: "manual"},
        )
        # Known in the middle of the month: two weeks are planned then.
        self.assertAlmostEqual(self._figure(cutoff="2026-03-14 15:00:00"), 50)

    def test_companies(self):
        """Each has plans of its own, and contacts of its own."""
        elsewhere = self._create_company("Elsewhere", "UTC", "USD")
        self.env.user.company_ids |= elsewhere
        self._talk("2026-03-02", company_id=elsewhere.id)
        self.assertEqual(self._figure(), 0)
        self.assertIsNone(self._figure(company_id=elsewhere.id))
        self.supplier.with_company(elsewhere).supplier_tier_id = self.tier
        self.assertAlmostEqual(self._figure(company_id=elsewhere.id), 25)

    def test_business_review(self):
        """A review that was held is in the contact log, and counts."""
        meeting = self.env["supplier.meeting"].create(
            {
                "partner_id": self.supplier.id,
                "company_id": self.company.id,
                "date_start": "2026-03-10 02:00:00",
            }
        )
        self.assertEqual(self._figure(), 0)
        meeting.action_hold()
        self.env.flush_all()
        self.env.cr.execute("UPDATE supplier_contact SET create_date = '2026-03-10'")
        self.assertAlmostEqual(self._figure(), 25)

    def test_analysis(self):
        """Without a period nothing is planned: the contacts are listed."""
        contact = self._talk("2026-03-02")
        self.env.flush_all()
        facts = self.env["supplier.contact.fact"].search(
            [("partner_id", "=", self.supplier.id), ("exclusion", "=", False)]
        )
        self.assertEqual(facts.ids, [contact.id * 2])
        self.assertIs(facts.held, False)
        action = facts.action_open_document()
        self.assertEqual(action["res_model"], contact._name)
        self.assertEqual(action["res_id"], contact.id)
        wizard = facts.action_leave_out()["context"]
        self.assertEqual(wizard["default_targets"], {contact._name: contact.ids})
