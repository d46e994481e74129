from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from ..common import BUYER, MANAGER, SupplierEvaluationCommon


class ScorecardToursCommon(SupplierEvaluationCommon, HttpCase):
    """A buyer and a manager, who look at on-time delivery."""

    browser_size = "1366x768"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_user("scorecard_buyer", BUYER)
        cls._create_user("scorecard_manager", MANAGER)
        cls.template = cls._create_template("Punctual", ["otd"])

    def _start(self, path, tour, login):
        self.start_tour(f"/odoo/{path}", f"supplier_evaluation_{tour}", login=login)

    @classmethod
    def _came(cls, promise, day, **vals):
        """Order what is promised for one day and comes on another."""
        line = cls._order(10, 5, promise, **vals)
        cls._receive(line, day)
        return line


@tagged("post_install", "-at_install")
class TestCompanyTzTours(ScorecardToursCommon):
    """A manager reads that a company has no time zone, and gives it one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._came("2026-03-10", "2026-03-10")
        cls.company.partner_id.write(
            {"tz": False, "country_id": cls.env.ref("base.cn").id}
        )
        cls.evaluation = cls._evaluate()

    def test_take_the_proposal(self):
        path = f"supplier-evaluations/{self.evaluation.id}"
        self._start(path, "take_tz", "scorecard_manager")
        self.assertEqual(self.company.partner_id.tz, "Asia/Shanghai")

    def test_choose_another(self):
        path = f"supplier-scorecards/{self.evaluation.scorecard_ids.id}"
        self._start(path, "choose_tz", "scorecard_manager")
        self.assertEqual(self.company.partner_id.tz, "Asia/Urumqi")


@tagged("post_install", "-at_install")
class TestPreviewTours(ScorecardToursCommon):
    """What can be seen before a period is over, and what was done after it."""

    def test_preview(self):
        today = fields.Date.today()
        ordered, came = (str(today - timedelta(days=ago)) for ago in (20, 10))
        self._came(came, came, confirmed=ordered)
        evaluation = self.env["supplier.evaluation"].create(
            {
                "template_id": self.template.id,
                "company_id": self.company.id,
                "date_from": today - timedelta(days=20),
                "date_to": today + timedelta(days=10),
            }
        )
        path = f"supplier-evaluations/{evaluation.id}"
        self._start(path, "preview", "scorecard_manager")
        self.assertEqual(evaluation.state, "computed")
        self.assertTrue(evaluation.is_preview)

    def test_late_changes(self):
        line = self._order(10, 5, "2026-03-10")
        self._change_promise(line, "2026-03-12", "buyer", when="2026-03-20")
        scorecard = self._evaluate().scorecard_ids
        path = f"supplier-scorecards/{scorecard.id}"
        self._start(path, "late_changes", "scorecard_buyer")


@tagged("post_install", "-at_install")
class TestRunningTours(ScorecardToursCommon):
    """What a running period is so far, of the template and of a vendor."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls._create_template("So far", ["resolution_rate"])
        # Counted at once, also on the first day of a month.
        cls.env["supplier.incident"].create(
            {
                "title": "Stripped threads",
                "partner_id": cls.supplier.id,
                "company_id": cls.company.id,
            }
        ).action_resolve()

    def test_of_the_template(self):
        path = f"supplier-scorecard-templates/{self.template.id}"
        self._start(path, "running_period", "scorecard_manager")
        [run] = self.env["supplier.evaluation"]._running(self.company)
        self.assertEqual(run.scorecard_ids.score, 100)

    def test_of_a_vendor(self):
        self.template.with_company(self.company).action_look_at_running()
        self._start(f"vendors/{self.supplier.id}", "so_far", "scorecard_buyer")


@tagged("post_install", "-at_install")
class TestOnTimeTours(ScorecardToursCommon):
    """A vendor shows one rate: that of its last scorecard, or else that of Odoo."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        today = fields.Date.today()
        ordered, came = (str(today - timedelta(days=ago)) for ago in (20, 10))
        # Odoo's rate is that of the last year.
        cls._came(came, came, confirmed=ordered)

    def test_of_the_scorecard(self):
        for day in ("2026-03-10", "2026-03-12"):
            self._came("2026-03-10", day)
        self._evaluate().action_publish()
        self._start(f"vendors/{self.supplier.id}", "on_time", "scorecard_buyer")

    def test_without_a_scorecard(self):
        self._start(f"vendors/{self.supplier.id}", "on_time_odoo", "scorecard_buyer")
