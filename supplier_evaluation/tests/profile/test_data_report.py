from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged

from ..scheduled import SCHEDULED
from .common import ProfileCommon

CRON = "supplier_evaluation.ir_cron_supplier_data_report"


@tagged("post_install", "-at_install")
class TestDataReport(ProfileCommon):
    """Each week, what is wrong with the data of a company's vendors."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reports = cls.env["supplier.data.report"]
        cls.env["res.partner"].search([("supplier_rank", ">", 0)]).company_id = False

    def _make(self):
        self.env.flush_all()
        report = self.reports._report_on(self.company)
        self.env.invalidate_all()
        return report

    def test_it_says_its_day_as_the_reader_does(self):
        report = self._make()
        report._unguarded().date = "2026-03-02"
        self.assertTrue(report.display_name.endswith("03/02/2026"))
        self.env["res.lang"]._activate_lang("zh_CN")
        chinese = report.with_context(lang="zh_CN")
        self.assertTrue(chinese.display_name.endswith("2026/03/02"))

    def _activities(self, reports):
        return self.env["mail.activity"].search(
            [("res_model", "=", reports._name), ("res_id", "in", reports.ids)]
        )

    def test_once_a_day_however_often_it_runs(self):
        """In each company by its own day: at 17 h UTC the next one has begun."""
        domain = [("company_id", "=", self.company.id)]
        for now, count in (
            ("2036-03-03 04:00:00", 1),
            ("2036-03-03 15:00:00", 1),
            ("2036-03-03 17:00:00", 2),
        ):
            self.env.flush_all()
            with freeze_time(now):
                self._trigger(CRON)
            with self.subTest(now=now):
                self.assertEqual(self.reports.search_count(domain), count)

    def test_figures_are_what_the_lists_show(self):
        self._rule("Reference", "ref")
        china = self.env.ref("base.cn").id
        for index, number in enumerate(("914403001922038217", "914403001922038216")):
            vendor = self._create_supplier(f"Numbered {index}", supplier_rank=1)
            vendor.write({"country_id": china, "company_registry": number})
        before = self._make()
        self.assertGreaterEqual(before.wrong_registry_count, 1)
        for name in (
            "vendor_count",
            "incomplete_count",
            "no_registry_count",
            "wrong_registry_count",
            "unchecked_count",
            "no_buyer_count",
            "no_document_count",
        ):
            with self.subTest(name=name):
                action = before.with_context(figure=name).action_open_figure()
                shown = self.profiles.search_count(action["domain"])
                self.assertEqual(before[name], shown)
        self._create_supplier(
            "Numbered again",
            supplier_rank=1,
            company_registry="914403001922038216",
            country_id=china,
            company_id=self.company.id,
        )
        self.env["supplier.duplicate"]._refresh()
        after = self._make()
        self.assertEqual(after.duplicate_count, before.duplicate_count + 1)
        shown = self.env["supplier.duplicate"].search_count(
            after.action_open_duplicates()["domain"]
        )
        self.assertEqual(shown, after.duplicate_count)

    def test_managers_are_told_once(self):
        first = self._make()
        told = self._activities(first)
        self.assertIn(self.people["manager"], told.user_id)
        self.assertNotIn(self.people["buyer"], told.user_id)
        activity = told.filtered(lambda one: one.user_id == self.people["manager"])
        self.assertIn(f"Without a Buyer: {first.no_buyer_count}", activity.summary)
        second = self._make()
        self.assertFalse(self._activities(first))
        self.assertTrue(self._activities(second))

    def test_they_talk_about_it(self):
        """In the chatter, whoever reads it."""
        report = self._as(self._make(), "buyer")
        text = "Who sees to it?"
        message = report.message_post(body=text, message_type="comment")
        self.assertIn(message, report.message_ids)

    def test_scheduled(self):
        with freeze_time("2026-03-16 03:00:00"), self.enter_registry_test_mode():
            self.env.ref(CRON).method_direct_trigger()
        self.env.invalidate_all()
        report = self.reports.search([("company_id", "=", self.company.id)], limit=1)
        self.assertEqual(str(report.date), "2026-03-16")

    def test_a_bad_company_stops_no_other(self):
        bad = self._create_company("Bad", "UTC", "EUR")
        self.env.flush_all()
        make = type(self.reports)._figures

        def figures(model, company):
            if company == bad:
                raise ValueError("no such figure")
            return make(model, company)

        cron = self.env.ref(CRON)
        with (
            self.enter_registry_test_mode(),
            patch.object(type(self.reports), "_figures", figures),
            self.assertLogs(SCHEDULED, "ERROR"),
            self._failing(cron, "no such figure"),
        ):
            cron.method_direct_trigger()
        self.env.invalidate_all()
        self.assertTrue(self.reports.search([("company_id", "=", self.company.id)]))
        self.assertFalse(self.reports.search([("company_id", "=", bad.id)]))
