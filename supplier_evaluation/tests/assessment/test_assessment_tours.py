from datetime import timedelta

from odoo.tests import HttpCase, tagged

from .common import AssessmentCommon


@tagged("post_install", "-at_install")
class TestAssessmentTours(AssessmentCommon, HttpCase):
    """A customer is asked, answers on a phone, and the figure shows it.

    The analysis shows the last three months of the browser, whose days are those of UTC
    in a test: what is answered "now" is in one of them when the company has these days.
    """

    browser_size = "1366x768"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.partner_id.tz = "UTC"

    def test_ask_answer_and_figure(self):
        self.supplier.supplier_rank = 1
        self.start_tour(
            f"/odoo/supplier-customer-assessments?supplier={self.supplier.id}",
            "supplier_assessment_ask",
            login="assessment_manager",
        )
        review = self.env["supplier.customer.review"].search([])
        self.assertEqual(review.respondent_id, self.anna)
        self.assertEqual(review.about, "Crane on site 4")
        self.start_tour(
            f"/supplier/assessment/{self._token(review)}", "supplier_assessment_answer"
        )
        self.env.invalidate_all()
        self.assertEqual(review.state, "done")
        self.assertAlmostEqual(review.score, 92)
        # An analysis looks at what was there when its transaction began.
        earlier = self.env.cr.now() - timedelta(minutes=1)
        review._write_guarded({"date_done": earlier})
        self.env.flush_all()
        facts = self.env["supplier.customer.review.fact"]
        fact = facts.search([("exclusion", "=", False)])
        self.assertEqual(fact.respondent_id, self.anna)
        self.start_tour(
            "/odoo/supplier-customer-assessment-analysis",
            "supplier_assessment_figure",
            login="assessment_user",
        )
