from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import CRON, StartCommon


class StartToursCommon(StartCommon, HttpCase):
    """Orders and receipts of the last months, and nothing else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        this_month = fields.Date.today() + relativedelta(day=1)
        for back in range(1, 9):
            first = this_month - relativedelta(months=back)
            promised = str(first + timedelta(days=9))
            for _index in range(5 if back < 4 else 1):
                line = cls._order(
                    10, 5, promised, confirmed=str(first), user_id=cls.manager.id
                )
                cls._receive(line, promised)

    def _tour(self, scene, path):
        self.start_tour(
            path, f"supplier_evaluation_start_{scene}", login=self.manager.login
        )

    def _from_nothing_to_a_scorecard(self):
        self._tour("begin", "/odoo/suppliers")
        self.env.ref(CRON).method_direct_trigger()
        self.env.invalidate_all()
        self._tour("end", "/odoo/supplier-start")
        runs = self._runs()
        self.assertGreaterEqual(len(runs), 6)
        self.assertEqual(set(runs.mapped("state")), {"published"})
        self.assertEqual(runs.scorecard_ids.partner_id, self.supplier)
        self.assertEqual(self.company.partner_id.tz, "Asia/Shanghai")
        self.assertEqual(self.supplier.buyer_id, self.manager)


@tagged("post_install", "-at_install")
class TestStartTours(StartToursCommon):
    """From an empty company to the first published scorecard."""

    browser_size = "1366x768"

    def test_from_nothing_to_a_scorecard(self):
        self._from_nothing_to_a_scorecard()

    def test_own_start_page(self):
        """Somebody chooses a page in the preferences; the app opens on it."""
        self._tour("page", f"/odoo/my-preferences/{self.manager.id}")
        self.assertEqual(self.manager.supplier_start_page, "start")

    def test_usage(self):
        self.template.active = True
        line = self._order(10, 5, "2026-03-10")
        self._receive(line, "2026-03-10")
        self._evaluate().action_publish()
        self._tour("usage", "/odoo/supplier-usage")

    def test_introduction(self):
        self._tour("introduction", "/odoo/supplier-introduction")
        phases = self.env["supplier.introduction.phase"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertEqual(len(phases), 5)
        self.assertEqual(len(phases.filtered("date_done")), 1)


@tagged("post_install", "-at_install")
class TestStartToursOnPhone(StartToursCommon):
    browser_size = "390x844"
    touch_enabled = True

    def test_from_nothing_to_a_scorecard(self):
        self._from_nothing_to_a_scorecard()


@tagged("post_install", "-at_install")
class TestStartToursInChinese(StartToursCommon):
    browser_size = "1366x768"

    def test_from_nothing_to_a_scorecard(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        modules = self.env["ir.module.module"].search([("state", "=", "installed")])
        modules._update_translations(["zh_CN"])
        self.manager.lang = "zh_CN"
        self._from_nothing_to_a_scorecard()
