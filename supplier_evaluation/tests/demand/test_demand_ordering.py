from datetime import date

from odoo.tests import tagged

from .common import DemandCommon


@tagged("post_install", "-at_install")
class TestDemandOrdering(DemandCommon):
    """By when to order: 30 there, 20 on their way, and 14 days of lead time."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.days_to_purchase = 1
        cls.product = cls._create_product("Washer")
        cls.env["product.supplierinfo"].create(
            [
                cls._offer(cls.product, cls.supplier, 1, delay=14),
                cls._offer(cls.product, cls.rival, 2),
            ]
        )
        cls.line = cls._order(50, 1, "2026-04-30")
        cls._receive(cls.line, "2026-03-10", 30)

    def _hints(self, demands):
        """Return what is said of demands: there, on its way, short, and by when."""
        demands.invalidate_recordset()
        return [
            (
                demand.quantity_there,
                demand.quantity_coming,
                demand.quantity_short,
                demand.date_order_by,
            )
            for demand in demands
        ]

    def test_month_by_month(self):
        """16 of the 30 days of April are left; what remains is there for May."""
        demands = self._demand("2026-04-01", quantity=75)
        demands += self._demand("2026-05-01", "2026-06-01")
        self.assertEqual(
            self._hints(demands),
            [
                (30, 20, 0, False),
                (30, 20, 90, date(2026, 4, 16)),
                (30, 20, 100, date(2026, 5, 17)),
            ],
        )

    def test_what_comes_covers_from_its_month_on(self):
        """An order of December is no help in May, and what was missed counts once."""
        self._order(500, 1, "2026-12-30")
        demands = self._demand("2026-05-01", "2026-11-01", "2026-12-01")
        found = [hint[1:] for hint in self._hints(demands)]
        self.assertEqual(
            found,
            [
                (520, 50, date(2026, 4, 16)),
                (520, 100, date(2026, 10, 17)),
                (520, 0, False),
            ],
        )

    def test_stock_below_zero(self):
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", self.company.id)], limit=1
        )
        self.env["stock.quant"]._update_available_quantity(
            self.product, warehouse.lot_stock_id, -130
        )
        demands = self._demand("2026-05-01", "2026-06-01")
        found = [hint[:3] for hint in self._hints(demands)]
        self.assertEqual(found, [(-100, 20, 180), (-100, 20, 100)])

    def _needed_by(self, *offers):
        """Return by when to order 100 for May, with such offers of the supplier."""
        product = self._create_product("Ring")
        self.env["product.supplierinfo"].create(
            [
                self._offer(product, self.supplier, number, **offer)
                for number, offer in enumerate(offers)
            ]
        )
        demand = self._demand(product_id=product.id, partner_id=self.supplier.id)
        return demand.date_order_by, demand.has_no_offer

    def test_offers(self):
        """The first one of those that hold for the quantity and the day to order."""
        day = date(2026, 4, 20)
        for offers, expected in (
            (({"delay": 90, "date_start": "2027-01-01"}, {"delay": 10}), (day, False)),
            (({"delay": 5, "min_qty": 10000}, {"delay": 10}), (day, False)),
            (({"delay": 5, "date_end": "2026-04-24"}, {"delay": 10}), (day, False)),
            (({"delay": 10, "date_start": "2026-04-20"},), (day, False)),
            (({"delay": 5, "min_qty": 10000},), (False, True)),
            ((), (False, True)),
        ):
            with self.subTest(offers):
                self.assertEqual(self._needed_by(*offers), expected)

    def test_unit_that_says_nothing(self):
        demands = self._demand("2026-05-01", "2026-06-01")
        self.product.sudo().uom_id = self.env.ref("uom.product_uom_kgm")
        found = [hint[2:] for hint in self._hints(demands)]
        self.assertEqual(found, [(False, False)] * 2)

    def test_of_several_suppliers_the_stock_is_one(self):
        demands = self._demand() + self._demand(partner_id=self.rival.id)
        self.assertEqual([hint[2] for hint in self._hints(demands)], [50, 100])

    def test_expected_days_late_are_added(self):
        demand = self._demand()
        self.env["supplier.delivery.forecast"].sudo().create(
            {
                "company_id": self.company.id,
                "partner_id": self.supplier.id,
                "purchase_line_id": self.line.id,
                "order_id": self.line.order_id.id,
                "product_id": self.product.id,
                "probability": 0.5,
                "expected_days": 2.4,
                "basis": "product",
                "date_computed": "2026-04-14",
            }
        )
        self.assertEqual(demand.date_order_by, date(2026, 4, 13))

    def test_unit_of_the_product(self):
        demand = self._demand(product_id=self.nut.id, quantity=30)
        self.nut.uom_id = self.env.ref("uom.product_uom_dozen")
        self.assertEqual(self._hints(demand), [(0, 0, 2.5, date(2026, 4, 29))])

    def test_no_stock_is_kept_or_the_month_is_over(self):
        service = self._create_product("Calibration", type="service", is_storable=False)
        demands = self._demand(product_id=service.id, partner_id=self.supplier.id)
        demands += self._demand("2026-03-01")
        self.assertEqual(self._hints(demands), [(False,) * 4] * 2)

    def test_stock_of_another_company_does_not_count(self):
        other = self._create_company("Elsewhere", "UTC", "USD")
        demand = self.env["supplier.demand"].create(
            {
                "company_id": other.id,
                "product_id": self.product.id,
                "partner_id": self.supplier.id,
                "month": "2026-05-01",
                "quantity": 5,
            }
        )
        both = demand.with_context(allowed_company_ids=[self.company.id, other.id])
        self.assertEqual(self._hints(both)[0][:3], (0, 0, 5))

    def test_filter(self):
        demands = self._demand("2026-04-01", "2026-05-01", "2026-06-01")
        found = demands.search([("date_order_by", "<=", "2026-04-22")])
        self.assertEqual(found, demands[:2])
        self._demand(quantity=10, partner_id=self.rival.id, month="2026-07-01")
        demands[0].quantity = 0
        self.assertEqual(demands.search([("date_order_by", "=", False)]), demands[0])

    def test_statements(self):
        """However many products and months there are."""
        few = self._demand("2026-05-01")
        many = few + self.env["supplier.demand"].create(
            [
                {
                    "product_id": self._create_product(f"Part {number}").id,
                    "partner_id": self.supplier.id,
                    "month": "2026-05-01",
                    "quantity": 10,
                }
                for number in range(20)
            ]
        )
        self.env["product.supplierinfo"].create(
            [
                self._offer(product, self.supplier, 1, delay=14)
                for product in (many - few).product_id
            ]
        )
        counts = []
        for demands in (few, many.sudo(False)):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertTrue(all(demands.mapped("date_order_by")))
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 1)
