from datetime import date, datetime
from unittest.mock import patch

from odoo.tests import tagged

from ..common import MANAGER
from .common import AssessmentCommon


@tagged("post_install", "-at_install")
class TestAssessmentKpi(AssessmentCommon):
    """The mean over people of their weighted answers, by the day of the answer."""

    def _facts(self, **scope):
        self.env.flush_all()
        facts = self.env["supplier.customer.review.fact"]
        return facts._with_fact_scope(self._scope(**scope)).search([])

    def test_mean_over_people(self):
        """92 and 60; who judged nothing is nobody, and who has not answered."""
        self.assertIsNone(self._measure("customer_assessment"))
        cleo = self._person("Cleo", "cleo@nordhafen.example.com")
        dora = self._person("Dora", "dora@nordhafen.example.com")
        anna, bert, nothing, waiting = self._ask(self.anna | self.bert | cleo | dora)
        self.assertTrue(self._answer(anna, 9, 9, 10))
        self.assertFalse(self._answer(anna, 0, 0, 0))
        self._answer(bert, 5, 5, 10)
        self._answer(nothing, None, None, None)
        measure = self._measure("customer_assessment")
        self.assertAlmostEqual(measure.value, 76)
        self.assertEqual(measure.n, 2)
        self.assertEqual(anna.score, 92)
        left_out = self._facts().filtered("exclusion")
        self.assertEqual(
            {fact.respondent_id: fact.exclusion for fact in left_out},
            {cleo: "no_reference", dora: "outside_period"},
        )
        waiting._cancel()
        # Who answers twice is one person: 60, and 40 of 92 and 40.
        again = self._ask(self.anna)
        self._answer(again, 5, 0, 0)
        value = ((92 + again.score) / 2 + 60) / 2
        measure = self._measure("customer_assessment")
        self.assertAlmostEqual(measure.value, value)
        self.assertEqual(measure.n, 2)
        self._as(again, "manager")._set_supplier_exclusion("manual", "Wrong supplier")
        self.assertAlmostEqual(self._value("customer_assessment"), 76)
        exclusions = set(self._facts().mapped("exclusion"))
        self.assertEqual(exclusions, {False, "no_reference", "cancelled", "manual"})
        self.supplier.active = False
        self.assertAlmostEqual(self._value("customer_assessment"), 76)

    def test_the_day_of_the_answer_and_the_cutoff(self):
        """Answered on 31 March at 17:00 UTC is April in Shanghai."""
        anna, bert = self._ask(self.anna | self.bert)
        self._answer(anna, 9, 9, 10, now="2026-03-31 17:00:00")
        self.assertIsNone(self._measure("customer_assessment"))
        self.assertEqual(set(self._facts().mapped("exclusion")), {"outside_period"})
        april = {
            "date_from": date(2026, 4, 1),
            "date_to": date(2026, 4, 30),
            "cutoff": "2026-05-04 00:00:00",
        }
        self.assertEqual(self._value("customer_assessment", **april), 92)
        self._answer(bert, 5, 5, 10, now="2026-03-31 15:59:00")
        self.assertEqual(self._value("customer_assessment"), 60)
        before = {"cutoff": "2026-03-31 15:00:00"}
        self.assertIsNone(self._measure("customer_assessment", **before))
        fact = self._facts().filtered(lambda one: not one.exclusion)
        self.assertEqual(fact.date, date(2026, 3, 31))
        self.assertEqual(fact._fact_documents(), [bert])

    def test_due_where_it_is_tomorrow_already(self):
        """In Shanghai, 15 March 17:00 UTC is the 16th, on which an answer is due."""
        self._ask(self.anna)
        own = [("partner_id", "=", self.supplier.id)]
        for hour, seen in ((15, 0), (17, 1)):
            with patch.object(
                type(self.env.cr), "now", lambda _cr, at=hour: datetime(2026, 3, 15, at)
            ):
                facts = self.env["supplier.customer.review.fact"].search(own)
                self.assertEqual(len(facts), seen)

    def test_companies(self):
        anna = self._ask(self.anna)
        self._answer(anna, 9, 9, 10)
        other = self._create_company("Elsewhere", "UTC", "USD")
        stranger = self._create_user("assessment_stranger", MANAGER, other)
        self.assertIsNone(self._measure("customer_assessment", company_id=other.id))
        for model in (
            "supplier.customer.review",
            "supplier.customer.review.answer",
            "supplier.customer.review.fact",
        ):
            self.assertFalse(self._as(self.env[model], stranger).search([]))
