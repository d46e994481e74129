from odoo.tests import tagged

from ..common import SupplierEvaluationCommon

# order, receipt, product, ordered, price, promised, received on, received, returned
ROWS = """
L1,1,Bolt,100,10,2026-03-10,2026-03-10,100,
L2,1,Bolt,100,20,2026-03-10,2026-03-10,60,
L2,2,Bolt,100,20,2026-03-10,2026-03-13,40,
L3,1,Bolt,50,40,2026-03-15,,,
L4,1,Bolt,10,100,2026-03-20,2026-03-19,20,
L5,1,Bolt,24,10,2026-03-25,2026-03-25,24,
L6,1,Bolt,10,50,2026-03-25,2026-03-26,10,
L7,1,Bolt,30,10,2026-03-12,2026-03-12,30,12
L9,1,Bolt,70,10,2026-04-02,,,
L10,1,Bolt,40,5,2026-03-18,2026-03-18,40,
L11,1,Advice,1,300,2026-03-18,,,
L12,1,Bolt,5,0,2026-03-28,2026-03-30,5,
L13,1,Bolt,20,10,2026-03-05,2026-03-09,20,
L14,1,Bolt,20,10,2026-03-16,2026-03-16,20,
"""
COLUMNS = {
    "order_ref": "order",
    "receipt_ref": "receipt",
    "product": "product",
    "quantity_ordered": "ordered",
    "price_unit": "price",
    "date_promised": "promised",
    "date_received": "received on",
    "quantity_received": "received",
    "quantity_returned": "returned",
    "supplier_name": "supplier",
    "line_ref": "line",
    "date_order": "confirmed",
    "currency": "currency",
}


@tagged("post_install", "-at_install")
class TestGoldenHistory(SupplierEvaluationCommon):
    """The reference set, imported from a file instead of ordered in Odoo.

    A file knows no cancelled orders and no changes of a promise: the first are
    left out of it, the second say nothing.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_product("Advice", type="service", is_storable=False)
        header = (
            "order,receipt,product,ordered,price,promised,received on,received,"
            "returned,supplier,line,confirmed,currency"
        )
        rows = [
            f"{row},Golden Supplier,1,2026-03-01,USD" for row in ROWS.strip().split()
        ]
        mapping = cls.env["supplier.history.mapping"].create(
            {"name": "Golden", "columns": COLUMNS}
        )
        cls.report = cls.env["supplier.history.import"]._import_file(
            "\n".join([header, *rows]).encode(), "golden.csv", mapping
        )

    def test_everything_goes_in(self):
        self.assertFalse(self.report.rejected)
        self.assertEqual(self.report.created, 13)

    def test_same_numbers(self):
        otd = self._measure("otd")
        self.assertEqual(otd.n, 11)
        self.assertAlmostEqual(otd.denominator, 7640)
        self.assertAlmostEqual(otd.n_eff, 5.5497, 4)
        self.assertAlmostEqual(otd.value, 54.1885, 4)
        self.assertAlmostEqual(otd.low, 20.56, 2)
        self.assertAlmostEqual(otd.high, 84.39, 2)
        for code, by_value, by_line in (
            ("otd", 54.1885, 60.0),
            ("otif", 21.4660, 36.3636),
            ("fill_rate", 73.8220, 90.9091),
            ("days_late", 5.9817, 2.6545),
            ("lead_time", 16.62, 16.62),
            ("lead_time_cv", 44.2962, 44.2962),
        ):
            with self.subTest(code=code):
                self.assertAlmostEqual(self._value(code), by_value, 4)
                self.assertAlmostEqual(self._value(code, weighting="line"), by_line, 4)
        self.assertAlmostEqual(self._value("otd", late_days=3), 71.2042, 4)

    def test_quality(self):
        """A return without a day is of the day of the last receipt."""
        measure = self._measure("return_rate")
        self.assertAlmostEqual(measure.value, 1.8072, 4)
        self.assertAlmostEqual(measure.denominator, 6640)
        self.assertAlmostEqual(self._value("defect_ppm"), 1e6 * 120 / 6640, 4)

    def test_what_a_file_cannot_say(self):
        self.assertIsNone(self._value("promise_kept"))
        self.assertIsNone(self._value("ack_rate"))

    def test_orders_and_history_together(self):
        """A supplier that we know from both is measured by both."""
        line = self._order(100, 10, "2026-03-10")
        self._receive(line, "2026-03-10")
        otd = self._measure("otd")
        self.assertEqual(otd.n, 12)
        self.assertAlmostEqual(otd.denominator, 8640)
        self.assertEqual(self._measure("promise_kept").n, 1)

    def test_line_without_order_date(self):
        """It counts for punctuality and has no lead time."""
        line = self.env["supplier.history.line"].search(
            [("order_ref", "=", "L1"), ("company_id", "=", self.company.id)]
        )
        line.date_order = False
        self.assertEqual(self._measure("otd").n, 11)
        self.assertEqual(self._measure("lead_time").n, 9)

    def test_left_out_line(self):
        line = self.env["supplier.history.line"].search(
            [("order_ref", "=", "L3"), ("company_id", "=", self.company.id)]
        )
        line._set_supplier_exclusion("responsibility", "We closed the dock")
        self.assertEqual(self._measure("otd").n, 10)
