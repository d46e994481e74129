import json

from odoo.tests import HttpCase, tagged

from odoo.addons.supplier_evaluation.tests.common import BUYER

from .common import SupplierDashboardCommon

# The first supplier of each list.
HIGHEST = "A55"
LOWEST = "F55"


class BrowserCommon(SupplierDashboardCommon, HttpCase):
    def _look(self, user, **options):
        """Open the dashboard and look at it; see supplier_dashboard_check.esm.js."""
        self.browser_js(
            f"/odoo/dashboards?dashboard_id={self.dashboard.id}",
            f"window.supplierDashboard({json.dumps(options)})",
            "Boolean(window.supplierDashboard)",
            login=user.login,
            timeout=120,
        )


@tagged("post_install", "-at_install")
class TestSupplierDashboardTours(BrowserCommon):
    browser_size = "1400x900"

    def test_with_scorecards(self):
        """The best supplier of two months is first, the late one is the lowest."""
        self._look(
            self.people["buyer"],
            isSample=False,
            texts={
                HIGHEST: "Golden Supplier",
                "B55": "100.0",
                LOWEST: "Late",
            },
        )

    def test_period_without_scorecards(self):
        self._look(
            self.people["buyer"],
            isSample=False,
            period={"type": "year", "year": 1999},
            texts={HIGHEST: "No scorecard", LOWEST: "No scorecard"},
        )

    def test_without_scorecards(self):
        company = self._create_company("New Works", "Asia/Shanghai", "USD")
        user = self._create_user("dashboard_new", BUYER, company)
        self._look(
            user,
            isSample=True,
            texts={HIGHEST: "Ardent Fasteners", LOWEST: "Meander Metals"},
        )


@tagged("post_install", "-at_install")
class TestSupplierDashboardInChinese(BrowserCommon):
    browser_size = "1400x900"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")

    def test_with_scorecards(self):
        self.people["buyer"].lang = "zh_CN"
        self._look(
            self.people["buyer"], isSample=False, texts={"A54": "供应商", "B54": "得分"}
        )

    def test_without_scorecards(self):
        company = self._create_company("New Works", "Asia/Shanghai", "USD")
        user = self._create_user("dashboard_new", BUYER, company, lang="zh_CN")
        self._look(user, isSample=True, texts={"A54": "供应商", "B54": "得分"})


@tagged("post_install", "-at_install")
class TestSupplierDashboardOnPhone(BrowserCommon):
    browser_size = "390x844"
    touch_enabled = True

    def test_with_scorecards(self):
        self._look(self.people["buyer"], isSample=False, texts={})
