from lxml import etree

from odoo.tests import tagged

from ..common import BUYER
from .common import ThreeSuppliersCommon


@tagged("post_install", "-at_install")
class TestOnTime(ThreeSuppliersCommon):
    """One figure is called on-time delivery: that of the scorecard."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls._create_people("on_time", {"user": BUYER})
        cls.evaluation = cls._evaluate()
        cls.evaluation.action_publish()

    def test_figure_and_period_of_the_last_scorecard(self):
        for supplier, rate in ((self.supplier, 100), (self.late_supplier, 0)):
            vendor = self._as(supplier, "user")
            self.assertEqual(vendor.supplier_on_time_rate, rate)
            self.assertEqual(vendor.supplier_on_time_period, "March 2026")
            line = vendor.supplier_on_time_line_id
            self.assertEqual(line.kpi_id.code, "otd")
            self.assertEqual(
                vendor.action_open_supplier_on_time()["domain"],
                line.action_open_counted()["domain"],
            )

    def test_other_periods_are_named_by_their_days(self):
        february = self._evaluate(
            date_from=self.evaluation.date_from.replace(day=2),
        )
        label = february.scorecard_ids[0].period_label
        self.assertEqual(label, "03/02/2026 – 03/31/2026")

    def test_contact_shows_the_figure_of_its_company(self):
        contact = self._as(self._create_contact("Desk"), "user")
        self.assertEqual(contact.supplier_on_time_rate, 100)

    def test_none_without_a_scorecard_or_its_kpi(self):
        never = self._as(self._create_supplier("Never"), "user")
        self.assertIs(never.supplier_on_time_rate, False)
        self.assertIs(never.supplier_on_time_period, False)
        self.assertFalse(never.supplier_on_time_line_id)
        template = self._create_template("Fill", ["fill_rate"], sequence=0)
        self._evaluate(template).action_publish()
        self.env.invalidate_all()
        vendor = self._as(self.supplier, "user")
        self.assertEqual(vendor.supplier_scorecard_id.template_id, template)
        self.assertIs(vendor.supplier_on_time_rate, False)

    def test_order_shows_the_same(self):
        order = self._order(1, 1, "2026-03-20").order_id
        order = self._as(order, "user")
        self.assertTrue(order.supplier_has_on_time)
        self.assertEqual(order.supplier_on_time_rate, 100)
        self.assertEqual(order.supplier_on_time_period, "March 2026")
        self.assertEqual(
            order.action_open_supplier_on_time(),
            order.partner_id.action_open_supplier_on_time(),
        )

    def test_forms_show_one_figure(self):
        """Odoo's is hidden where ours is shown, and the other way round."""
        for model, mark in (
            ("res.partner", "supplier_on_time_line_id"),
            ("purchase.order", "supplier_has_on_time"),
        ):
            arch = self._as(self.env[model], "user").get_view(view_type="form")["arch"]
            form = etree.fromstring(arch)
            [odoo] = form.xpath("//field[@name='on_time_rate']/ancestor::button")
            [ours] = form.xpath("//button[@name='action_open_supplier_on_time']")
            self.assertRegex(odoo.get("invisible"), rf" or \(+{mark}\)+$")
            self.assertIn(f"not {mark}", ours.get("invisible"))
            self.assertTrue(ours.get("title"))

    def test_odoos_own_report_is_one_click_away(self):
        action = self._as(self.supplier, "user").action_open_odoo_on_time()
        self.assertEqual(action["res_model"], "vendor.delay.report")
        self.assertEqual(
            action["context"],
            {
                "search_default_partner_id": self.supplier.id,
                "search_default_later_than_a_year_ago": 1,
            },
        )
        # The web client prefers the name for display to the name.
        self.assertIn("as Odoo counts it", action["display_name"])
        self.assertIn("expected arrival as it is now", action["help"])
