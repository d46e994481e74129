import pytz

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ...models.base.res_company import MAIN_ZONES
from ..common import BUYER, MANAGER, SupplierEvaluationCommon


@tagged("post_install", "-at_install")
class TestCompanyTz(SupplierEvaluationCommon):
    """A company without a time zone is told so, and gets one with a click."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls._create_people("tz", {"buyer": BUYER, "manager": MANAGER})
        cls.company.partner_id.write(
            {"tz": False, "country_id": cls.env.ref("base.cn").id}
        )
        cls.evaluation = cls.env["supplier.evaluation"].create(
            {
                "template_id": cls._create_template("Nights", ["otd"]).id,
                "company_id": cls.company.id,
                "date_from": "2026-03-01",
                "date_to": "2026-03-31",
                "cutoff": "2026-04-05 00:00:00",
            }
        )

    def _on_time(self):
        self.evaluation.action_compute()
        return self.evaluation.scorecard_ids.line_ids.value

    def test_arrival_in_a_chinese_night(self):
        """What comes at half past midnight of the 11th is a day late."""
        line = self._order(10, 5, "2026-03-10")
        self._receive(line, "2026-03-10 16:30:00")
        self.assertTrue(self.evaluation.company_tz_missing)
        self.assertEqual(self.evaluation.company_tz_proposal, "Asia/Shanghai")
        self.assertEqual(self._on_time(), 100)
        self._as(self.evaluation, "manager").action_take_company_tz()
        self.assertFalse(self.evaluation.company_tz_missing)
        self.assertEqual(self.company.partner_id.tz, "Asia/Shanghai")
        self.assertEqual(self._on_time(), 0)
        scorecard = self.evaluation.scorecard_ids
        self.assertFalse(scorecard.company_tz_missing)
        self.company.partner_id.tz = False
        scorecard.invalidate_recordset()
        self.assertTrue(scorecard.company_tz_missing)

    def test_choice(self):
        """China has two zones, and who knows better chooses."""
        action = self._as(self.evaluation, "manager").action_choose_company_tz()
        wizards = self._as(self.env[action["res_model"]], "manager")
        form = Form(wizards.with_context(**action["context"]))
        self.assertEqual(form.tz, "Asia/Shanghai")
        form.tz = "Asia/Urumqi"
        form.save().action_apply()
        self.assertEqual(self.company._supplier_tz(), "Asia/Urumqi")

    def test_proposal_is_where_most_people_live(self):
        for country, zone in (
            ("br", "America/Sao_Paulo"),
            ("au", "Australia/Sydney"),
            ("de", "Europe/Berlin"),
        ):
            self.company.partner_id.country_id = self.env.ref(f"base.{country}")
            self.assertEqual(self.company.supplier_tz_proposal, zone)

    def test_every_proposal_is_a_time_zone(self):
        self.assertLess(set(MAIN_ZONES.values()), set(pytz.all_timezones))

    def test_without_a_country(self):
        self.company.partner_id.country_id = False
        self.assertTrue(self.evaluation.company_tz_missing)
        self.assertFalse(self.evaluation.company_tz_proposal)

        evaluation = self._as(self.evaluation, "manager")
        for zone in ("UTC", False):
            self.company.partner_id.tz = zone
            with self.assertRefused("Choose a time zone for Golden Works"):
                evaluation.action_take_company_tz()
            self.assertEqual(self.company.partner_id.tz, zone)

    def test_only_managers_of_the_company(self):
        elsewhere = self._create_company("Elsewhere", "Europe/Berlin", "EUR")
        wizards = self._as(self.env["supplier.tz.wizard"], "manager")
        with self.assertRefused("do not act in Elsewhere", AccessError):
            wizards.create({"company_id": elsewhere.id, "tz": "Asia/Tokyo"})
        wizard = wizards.create({"company_id": self.company.id, "tz": "Asia/Tokyo"})
        with self.assertRefused("do not act in Elsewhere", AccessError):
            wizard.company_id = elsewhere
        with self.assertRefused("do not act in Elsewhere", AccessError):
            self._as(elsewhere, "manager")._set_supplier_tz("Asia/Tokyo")
        self.assertEqual(elsewhere._supplier_tz(), "Europe/Berlin")

    def test_only_managers(self):
        evaluation = self._as(self.evaluation, "buyer")
        with self.assertRefused("enough rights", AccessError):
            evaluation.action_take_company_tz()
        with self.assertRefused("managers", AccessError):
            evaluation.company_id._set_supplier_tz("Asia/Shanghai")
        self.assertFalse(self.company.partner_id.tz)

    def test_banner(self):
        """Managers read it, others do not."""
        for user, shown in (("manager", True), ("buyer", False)):
            for model in ("supplier.evaluation", "supplier.scorecard"):
                view = self._as(self.env[model], user).get_view(view_type="form")
                found = "action_take_company_tz" in view["arch"]
                self.assertEqual(found, shown, (user, model))

    def test_settings(self):
        settings = self.env["res.config.settings"].with_company(self.company)
        form = Form(settings)
        self.assertFalse(form.supplier_tz)
        self.assertEqual(form.supplier_tz_proposal, "Asia/Shanghai")
        form.supplier_tz = "Asia/Shanghai"
        form.save().execute()
        self.assertEqual(self.company._supplier_tz(), "Asia/Shanghai")
        form = Form(settings)
        form.supplier_tz = False
        with self.assertRefused("Choose a time zone"):
            form.save()
        self.assertEqual(self.company._supplier_tz(), "Asia/Shanghai")

    def test_a_branch_takes_the_days_of_its_company(self):
        """Not those of whoever enters it, unless it is in another country."""
        self.company.partner_id.tz = "Asia/Urumqi"
        companies = self.env["res.company"].with_context(tz="Europe/Berlin")
        branch = companies.create({"name": "Branch", "parent_id": self.company.id})
        self.assertEqual(branch._supplier_tz(), "Asia/Urumqi")
        branch.partner_id.tz = False
        self.assertEqual(branch.supplier_tz_proposal, "Asia/Urumqi")
        abroad = companies.create(
            {
                "name": "Abroad",
                "parent_id": self.company.id,
                "country_id": self.env.ref("base.de").id,
            }
        )
        self.assertEqual(abroad._supplier_tz(), "Europe/Berlin")

    def test_new_company_needs_no_zone(self):
        new = self.company.create({"name": "New", "supplier_tz": False})
        self.assertFalse(new.supplier_tz)
