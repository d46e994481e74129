import doctest

from freezegun import freeze_time
from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.supplier_evaluation_requisition import costing

from .common import TODAY, RequisitionCommon

FIGURES = (
    "offer_late_share",
    "offer_late_days",
    "offer_late_cost",
    "offer_defect_share",
    "offer_defect_cost",
    "offer_cost",
)


@tagged("post_install", "-at_install")
class TestComparison(RequisitionCommon):
    """Each offer shows what is known of who makes it, and what that costs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.supplier_late_day_percent = 2
        cls.company.supplier_defect_percent = 150
        cls.cheap = cls._request(cls.supplier, 10)
        cls.dear = cls._request(cls.rival, 10.1, origin=cls.cheap)
        cls.strange = cls._request(cls.unknown, 9, origin=cls.cheap)
        cls.orders = cls.cheap | cls.dear | cls.strange

    def setUp(self):
        super().setUp()
        clock = freeze_time(TODAY)
        clock.start()
        self.addCleanup(clock.stop)

    def test_formula(self):
        self.assertFalse(doctest.testmod(costing).failed)

    def test_parts_add_up(self):
        """The cost is that of the formula, of the forecast that order lines get."""
        receipt = self._delivery(self.supplier, 4, 0).move_ids.picking_id
        self._return(receipt, "2026-04-20", 5)
        line = self.cheap.order_line
        ordered = self._order(10, 10, "2026-06-01", confirmed="2026-05-01")
        self.env["supplier.delivery.forecast"]._make(self.company)
        forecast = ordered.late_forecast_ids
        self.assertAlmostEqual(line.offer_late_share, forecast.probability)
        self.assertAlmostEqual(line.offer_late_days, forecast.expected_days, 2)
        self.assertEqual(line.offer_late_basis, "product")
        self.assertAlmostEqual(line.offer_defect_share, 0.1)
        self.assertAlmostEqual(line.offer_late_cost, line.offer_late_days * 2)
        self.assertAlmostEqual(line.offer_defect_cost, 15)
        self.assertAlmostEqual(line.offer_cost, 100 + line.offer_late_cost + 15)
        self.assertIn(
            "10.00 % defects × 150.0 % = $\N{NO-BREAK SPACE}15.00",
            line.offer_defect_text,
        )
        self.assertIn("days × 2.00 % =", line.offer_late_text)

    def test_expected_late_in_words(self):
        """The order says what is expected of it, as it does without comparisons."""
        line = self.cheap.order_line
        ordered = self._order(10, 10, "2026-06-01", confirmed="2026-05-01")
        self.env["supplier.delivery.forecast"]._make(self.company)
        for one in (line, ordered):
            with self.subTest(state=one.state):
                shown = one.web_read({"late_text": {}, "offer_late_text": {}})[0]
                self.assertRegex(shown["late_text"], r"\d+ % \(\d+ to \d+ %\)")
                self.assertIn("days × 2.00 % =", shown["offer_late_text"])
                self.assertIn("with a probability of", one.order_id.late_hint)

    def test_best_is_not_the_cheapest(self):
        """Who is late costs more in the end than who asks a little more."""
        cheap, dear, strange = (order.order_line for order in self.orders)
        self.assertGreater(cheap.offer_cost, dear.offer_cost)
        self.assertEqual(
            (cheap | dear | strange).mapped("offer_is_best"), [False, True, False]
        )
        self.assertAlmostEqual(self.dear.offer_cost, dear.offer_cost)
        self.assertAlmostEqual(self.cheap.offer_late_share, cheap.offer_late_share)
        # Of what was dropped nothing is best.
        dear.product_qty = 0
        self.env.invalidate_all()
        self.assertFalse(cheap.offer_is_best or dear.offer_is_best)
        self.assertIs(self.dear.offer_cost, False)

    def test_nothing_known_is_nothing(self):
        """Of who never delivered, no defects are known, and no cost is told."""
        line = self.strange.order_line
        self.assertTrue(line.offer_is_provisional)
        self.assertIsNot(line.offer_late_days, False)
        self.assertIn("provisional", line.offer_late_text)
        for name in ("offer_defect_share", "offer_defect_cost", "offer_cost"):
            self.assertIs(line[name], False, name)
        self.assertIn("not known", line.offer_defect_text)
        self.assertIs(self.strange.offer_cost, False)
        self.assertEqual(line.offer_certification, "none")
        self.assertIs(line.supplier_score, False)
        elsewhere = self._create_company("Elsewhere", "Europe/Berlin", "EUR")
        line = self._order(1, 5, "2026-06-01", "2026-05-01", company=elsewhere)
        for name in FIGURES:
            self.assertIs(line[name], False, name)
        self.assertIn("no cost", line.offer_late_text)

    def test_free_of_charge(self):
        """Without a price there is no cost of bad performance, not one of 0."""
        line = self._request(self.rival, 0).order_line
        self.assertIs(line.offer_cost, False)
        self.assertIs(line.offer_late_cost, False)
        self.assertIsNot(line.offer_late_days, False)
        self.assertIn("Without a price", line.offer_late_text)

    def test_currencies(self):
        """What is offered in euros is compared in dollars."""
        euro = self._euros({"2026-01-01": 0.5})
        dear = self._request(self.rival, 10, origin=self.cheap, currency=euro)
        line = dear.order_line
        self.assertAlmostEqual(line.price_total_cc, 200)
        self.assertAlmostEqual(line.offer_cost, 200 * (1 + line.offer_late_days / 50))
        self.assertIn("200.00", line.offer_late_text)

    def test_certification_of_the_category(self):
        """What was granted for another category says nothing of this one."""
        metal, paper = self.env["product.category"].create(
            [{"name": "Metal"}, {"name": "Paper"}]
        )
        self.product.categ_id = metal
        program = self.env["supplier.certification.program"].create(
            {"name": "Basic", "company_id": self.company.id}
        )
        certification = self.env["supplier.certification"].create(
            {
                "partner_id": self.rival.id,
                "company_id": self.company.id,
                "program_id": program.id,
                "category_ids": paper.ids,
            }
        )
        certification._write_guarded(
            {"state": "certified", "date_from": "2026-01-01", "date_to": "2026-12-31"}
        )
        self.env.invalidate_all()
        self.assertEqual(self.dear.order_line.offer_certification, "none")
        self.product.categ_id = paper
        self.env.invalidate_all()
        self.assertEqual(self.dear.order_line.offer_certification, "certified")
        self.assertEqual(self.dear.offer_certification, "certified")

    def test_amount_of_an_alternative_is_in_sight(self):
        """What is known of its vendor stands behind what it costs."""
        form = self._as(self.env["purchase.order"], "buyer").get_view(view_type="form")
        path = ".//page[@name='alternative_pos']//list/field"
        columns = [
            column.get("name")
            for column in etree.fromstring(form["arch"]).iterfind(path)
        ]
        for name in ("offer_certification", "offer_late_share"):
            self.assertLess(columns.index("amount_total"), columns.index(name))

    def test_who_sees_it(self):
        """Who buys sees the figures; they are none of sales or the warehouse."""
        line = self.cheap.order_line
        for name in FIGURES:
            self.assertEqual(self._as(line, "buyer")[name], line[name], name)
        form = self._as(line, "buyer").action_explain_offer()
        arch = line.get_views(form["views"])["views"]["form"]["arch"]
        self.assertIn("offer_defect_text", arch)
        for name in FIGURES:
            self.assertNotIn(name, self._as(line, "none").fields_get())
        with self.assertRaises(AccessError):
            self._as(line, "none").mapped("offer_cost")

    def test_settings(self):
        """A manager sets what lateness and defects cost, not below 0."""
        settings = self._as(self.env["res.config.settings"], self.env.user)
        settings = settings.create({"supplier_late_day_percent": 5})
        settings.execute()
        self.assertEqual(self.company.supplier_late_day_percent, 5)
        self.env.invalidate_all()
        line = self.cheap.order_line
        self.assertAlmostEqual(line.offer_late_cost, line.offer_late_days * 5)

    def test_statements(self):
        """However many offers and lines: the same number of statements."""
        names = [*FIGURES, "offer_certification", "offer_is_best", "supplier_score"]

        def compare():
            action = self.cheap.action_compare_alternative_lines()
            lines = self.env["purchase.order.line"].search(action["domain"])
            lines.read(names)
            self.cheap.alternative_po_ids.read(["offer_cost", "supplier_score"])

        self._statements_of(compare)
        before = self._statements_of(compare)
        for number in range(4):
            partner = self._create_supplier(f"More {number}")
            self._request(partner, 10 + number, origin=self.cheap)
            self._request(
                partner,
                10,
                origin=self.cheap,
                product=self._create_product(f"Nut {number}"),
            )
        # A new product empties the caches of the server, too.
        self._statements_of(compare)
        self.assertEqual(self._statements_of(compare), before)
