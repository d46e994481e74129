from datetime import datetime, timedelta

from odoo.tests import tagged

from ..fact.common import CatalogueCommon
from .common import ResponseCommon


@tagged("post_install", "-at_install")
class TestResponseCases(CatalogueCommon):
    """Who wrote when, on real orders and incidents."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._order(10, 5, "2026-03-20").order_id

    def _facts(self, **scope):
        self.env.flush_all()
        facts = self.env["supplier.response.fact"]._with_fact_scope(
            self._scope(**scope)
        )
        return facts.search([("partner_id", "=", self.supplier.id)])

    def test_published_figures(self):
        """Asked 5 times; answered after 2, 4, 6 and 12 hours, once not."""
        for day, hours in ((2, 2), (4, 4), (6, 6), (8, 12), (10, 0)):
            self._ask(self.order, f"2026-03-{day:02} 01:00:00")
            if hours:
                self._answer(self.order, f"2026-03-{day:02} {1 + hours:02}:00:00")
        response_time = self._measure("response_time")
        self.assertAlmostEqual(response_time.value, 6.0)
        self.assertEqual(response_time.n, 4)
        response_rate = self._measure("response_rate")
        self.assertAlmostEqual(response_rate.value, 80)
        self.assertEqual(response_rate.n, 5)

    def test_five_orders(self):
        for hours in (2, 4, 6, 12, 0):
            order = self._order(1, 5, "2026-03-20").order_id
            self._ask(order, "2026-03-05 01:00:00")
            if hours:
                self._answer(order, f"2026-03-05 {1 + hours:02}:00:00")
        self.assertAlmostEqual(self._value("response_time"), 6.0)
        self.assertAlmostEqual(self._value("response_rate"), 80)

    def test_answered_too_late(self):
        self._ask(self.order, "2026-03-02 01:00:00")
        self._answer(self.order, "2026-03-05 01:00:00")
        self.assertEqual(self._value("response_rate"), 0)
        self.assertEqual(self._value("response_rate", response_hours=72), 100)
        self.assertAlmostEqual(self._value("response_time"), 72)

    def test_reminders_belong_to_the_question(self):
        self._ask(self.order, "2026-03-02 01:00:00")
        self._ask(self.order, "2026-03-03 23:00:00")
        self._answer(self.order, "2026-03-04 00:00:00")
        measure = self._measure("response_time")
        self.assertEqual((measure.value, measure.n), (47, 1))

    def test_reminder_in_the_period_of_a_question_before_it(self):
        self._ask(self.order, "2026-02-25 01:00:00")
        self._ask(self.order, "2026-03-02 01:00:00")
        self._answer(self.order, "2026-03-02 02:00:00")
        self.assertFalse(self._facts())

    def test_answer_before_the_question(self):
        self._answer(self.order, "2026-03-02 01:00:00")
        self._ask(self.order, "2026-03-02 05:00:00")
        self.assertIsNone(self._value("response_time"))
        self.assertEqual(self._value("response_rate"), 0)

    def test_two_contacts(self):
        """Any contact answers for the company; the first one counts."""
        self._ask(self.order, "2026-03-02 01:00:00", partner_ids=self.contact.ids)
        self._answer(self.order, "2026-03-02 04:00:00", author=self.contact)
        self._answer(self.order, "2026-03-02 09:00:00")
        self.assertAlmostEqual(self._value("response_time"), 3)

    def test_what_is_no_message(self):
        note = {"subtype_xmlid": "mail.mt_note"}
        self._ask(self.order, "2026-03-02 01:00:00", **note)
        self._ask(self.order, "2026-03-02 02:00:00", message_type="notification")
        self._ask(self.order, "2026-03-02 03:00:00", message_type="auto_comment")
        bot = self.env.ref("base.partner_root")
        self._ask(self.order, "2026-03-02 04:00:00", author_id=bot.id)
        stranger = self._create_supplier("Stranger")
        self._ask(self.order, "2026-03-02 05:00:00", partner_ids=stranger.ids)
        self._ask(self.order, "2026-03-02 06:00:00", partner_ids=[])
        self.assertFalse(self._facts())

    def test_notes_and_out_of_office_are_no_answer(self):
        self._ask(self.order, "2026-03-02 01:00:00")
        self._answer(self.order, "2026-03-02 02:00:00", subtype_xmlid="mail.mt_note")
        self._answer(self.order, "2026-03-02 02:00:00", message_type="out_of_office")
        self.assertEqual(self._value("response_rate"), 0)

    def test_followers_are_written_to(self):
        self.order.message_subscribe(self.supplier.ids)
        self._ask(self.order, "2026-03-02 01:00:00", partner_ids=[])
        self.assertEqual(len(self._facts()), 1)

    def test_employee_who_left(self):
        self._ask(self.order, "2026-03-02 01:00:00")
        self.buyer.active = False
        self.assertEqual(len(self._facts()), 1)

    def test_silence_at_the_cutoff_counts_against(self):
        self._ask(self.order, "2026-03-31 01:00:00")
        soon = datetime(2026, 4, 1, 1)
        self.assertEqual(self._value("response_rate", cutoff=soon), 0)
        self._answer(self.order, "2026-04-01 03:00:00")
        self.assertEqual(self._value("response_rate", cutoff=soon), 0)
        self.assertEqual(self._value("response_rate"), 100)

    def test_answer_after_the_cutoff_is_not_known(self):
        self._ask(self.order, "2026-03-02 01:00:00")
        self._answer(self.order, "2026-03-10 01:00:00")
        before = datetime(2026, 3, 9)
        self.assertIsNone(self._value("response_time", cutoff=before))
        self.assertEqual(self._value("response_rate", cutoff=before), 0)
        self.assertAlmostEqual(self._value("response_time"), 192)

    def test_day_in_the_company_s_time_zone(self):
        self._ask(self.order, "2026-02-28 17:00:00")
        self._answer(self.order, "2026-02-28 18:00:00")
        self.assertEqual(str(self._facts().date), "2026-03-01")
        self._ask(self.order, "2026-03-31 17:00:00")
        self.assertEqual(len(self._facts()), 1)

    def test_incident(self):
        incident = self._incident("Cracked")
        self._ask(incident, "2026-03-13 01:00:00")
        self._answer(incident, "2026-03-13 06:00:00")
        facts = self._facts()
        self.assertEqual(facts.incident_id, incident)
        self.assertAlmostEqual(self._value("response_time"), 5)
        self.assertEqual(facts.action_open_document()["res_id"], incident.id)

    def test_incident_that_was_not_the_supplier_s_fault(self):
        incident = self._incident("Dropped by us", responsibility="us")
        self._ask(incident, "2026-03-13 01:00:00")
        self.assertIsNone(self._value("response_rate"))
        self.assertEqual(self._facts().exclusion, "responsibility")
        incident.responsibility = "supplier"
        self.assertEqual(self._value("response_rate"), 0)
        incident.action_cancel()
        self.assertEqual(self._facts().exclusion, "cancelled")

    def test_unanswered_is_left_out_of_the_time_and_says_so(self):
        self._ask(self.order, "2026-03-02 01:00:00")
        self.assertFalse(self._facts().exclusion)
        self.assertEqual(self._facts(aspect="answered").exclusion, "no_reference")

    def test_analysis_without_a_scope(self):
        self._ask(self.order, "2026-03-02 01:00:00")
        facts = self.env["supplier.response.fact"].search(
            [("partner_id", "=", self.supplier.id), ("date", ">=", "2026-03-01")]
        )
        self.assertEqual(facts.order_id, self.order)


@tagged("post_install", "-at_install")
class TestResponseClock(ResponseCommon):
    """The clock of who answers may be wrong, or have no time zone."""

    def _arrived(self, hours):
        """When mails are here is written down by the database, which has no tricks."""
        self.env.flush_all()
        when = self.question.date + timedelta(hours=hours)
        self.env.cr.execute(
            "UPDATE mail_message SET create_date = %s WHERE model = %s AND res_id = %s"
            " AND message_type = 'email'",
            [when, "purchase.order", self.order.id],
        )

    def test_behind(self):
        """It answers our message, so it was not written before."""
        self._mail("sales@vendor.example", 2, ahead=-8)
        self.assertAnsweredAfter(0)

    def test_ahead(self):
        """Local time without its time zone: written in eight hours, and here now."""
        self._mail("sales@vendor.example", 2, ahead=8)
        self._arrived(2)
        self.assertAnsweredAfter(2)

    def test_years_behind(self):
        """A clock that is set back makes no late answer a quick one."""
        self._mail("sales@vendor.example", 90, ahead=-24 * 365)
        self._arrived(90)
        self.assertAnsweredAfter(90)

    def test_in_another_year(self):
        self._mail("sales@vendor.example", 2, ahead=24 * 365)
        self._arrived(2)
        self.assertAnsweredAfter(2)

    def test_fetched_late(self):
        """What our mail server kept is not the supplier's delay."""
        self._mail("sales@vendor.example", 2)
        self._arrived(90)
        self.assertAnsweredAfter(2)
