from datetime import date

from dateutil.relativedelta import relativedelta
from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ..common import BUYER, SupplierEvaluationCommon

NOW = "2026-04-15 04:00:00"
THIS = date(2026, 4, 1)
SEASON = (10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120)


@tagged("post_install", "-at_install")
class TestDemandForecast(SupplierEvaluationCommon):
    """Demand is forecast from what left the stock; what people entered stays."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls._create_people("forecast", {"buyer": BUYER})
        cls.stock = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        cls.stock = cls.stock or cls.env["stock.warehouse"].create(
            {"name": "Here", "code": "HERE", "company_id": cls.company.id}
        )
        cls.places = {
            "stock": cls.stock.lot_stock_id,
            "customers": cls.env.ref("stock.stock_location_customers"),
            "suppliers": cls.env.ref("stock.stock_location_suppliers"),
            "production": cls.env["stock.location"].create(
                {
                    "name": "Made here",
                    "usage": "production",
                    "company_id": cls.company.id,
                }
            ),
        }
        clock = freeze_time(NOW)
        clock.start()
        cls.addClassCleanup(clock.stop)

    @classmethod
    def _bought(cls, name, **vals):
        """Return a product that the supplier offers."""
        product = cls._create_product(name, **vals)
        cls.env["product.supplierinfo"].create(
            {
                "partner_id": cls.supplier.id,
                "product_tmpl_id": product.product_tmpl_id.id,
            }
        )
        return product

    @classmethod
    def _use(cls, product, quantities, path=("stock", "customers"), uom=None, end=THIS):
        """Move quantities by month, the last one in the month before ``end``."""
        source, target = (cls.places[place] for place in path)
        days = [
            end - relativedelta(months=len(quantities) - number, day=20)
            for number in range(len(quantities))
        ]
        moves = cls.env["stock.move"].create(
            [
                {
                    "product_id": product.id,
                    "product_uom": (uom or product.uom_id).id,
                    "product_uom_qty": quantity,
                    "location_id": source.id,
                    "location_dest_id": target.id,
                    "company_id": cls.company.id,
                }
                for quantity in quantities
                if quantity
            ]
        )
        moves._action_confirm()
        for move in moves:
            move.quantity = move.product_uom_qty
        moves.picked = True
        moves._action_done()
        used = [day for day, quantity in zip(days, quantities, strict=True) if quantity]
        for move, day in zip(moves, used, strict=True):
            move.move_line_ids.date = f"{day} 04:00:00"

    def _forecast(self, products=None, months=3, **vals):
        """Forecast as a buyer does, and return what the list then shows."""
        with Form(
            self._as(self.env["supplier.demand.forecast.wizard"], "buyer")
        ) as form:
            form.months = months
            for product in products or ():
                form.product_ids.add(product)
            for name, value in vals.items():
                form[name] = value
        action = form.record.action_apply()
        return self.env["supplier.demand"].search(action["domain"])

    def test_season(self):
        nut = self._bought("Nut")
        self._use(nut, SEASON * 3)
        demands = self._forecast(nut)
        # The history ends with March: 120 was March's.
        self.assertEqual(demands.mapped("quantity"), [20, 30, 40])
        self.assertEqual(demands[0].month, date(2026, 5, 1))
        self.assertEqual(set(demands.mapped("method")), {"seasonal"})
        self.assertEqual((demands[0].error, demands[0].error_scaled), (0, 0))
        self.assertEqual(set(demands.mapped("source")), {"forecast"})
        self.assertEqual(demands.partner_id, self.supplier)
        self.assertFalse(any(demands.mapped("is_shared")))

    def test_what_counts(self):
        """To customers and production, in the product's unit; nothing else."""
        nut = self._bought("Nut")
        self._use(nut, [2] * 8, uom=self.uom_dozen)
        self._use(nut, [6] * 8, path=("stock", "production"))
        self._use(nut, [500] * 8, path=("suppliers", "stock"))
        self._use(nut, [500] * 8, path=("suppliers", "customers"))
        self._use(nut, [500], end=THIS + relativedelta(months=1))
        history = self.env["supplier.demand"]._monthly_use(
            self.company, nut, date(2025, 1, 1), THIS
        )
        self.assertEqual(history, {nut: [30] * 8})
        demands = self._forecast(nut, months=1)
        self.assertEqual((demands.quantity, demands.error), (30, 0))
        self.assertFalse(demands.error_scaled, "naive was never wrong")

    def test_gaps_are_zero_and_months_are_local(self):
        nut = self._bought("Nut")
        self._use(nut, [5, 0, 0, 7])
        line = self.env["stock.move.line"].search(
            [("product_id", "=", nut.id)], order="date desc", limit=1
        )
        # In Shanghai, this is February already.
        line.date = "2026-01-31 20:00:00"
        history = self.env["supplier.demand"]._monthly_use(
            self.company, nut, date(2025, 1, 1), THIS
        )
        self.assertEqual(history, {nut: [5, 0, 7, 0]})

    def test_no_history_is_no_forecast(self):
        short, never = self._bought("Short"), self._bought("Never")
        free = self._create_product("Of nobody")
        self._use(short, [5] * 5)
        self._use(free, [5] * 9)
        for product in (short, never, free):
            refused = self.assertRefused("Nothing can be forecast")
            with self.subTest(product=product.name), refused:
                self._forecast(product)
        self.assertFalse(
            self.env["supplier.demand"].search([("company_id", "=", self.company.id)])
        )

    def test_what_people_entered_stays(self):
        nut = self._bought("Nut")
        self._use(nut, [9] * 9)
        first = self._forecast(nut, months=4)
        self.assertEqual(first.mapped("quantity"), [9] * 4)
        own = self._as(first, "buyer")
        own[0].quantity = 1
        own[1].action_share()
        own[1].action_withdraw()
        own[2].active = False
        self.assertEqual((own[0].source, own[0].method), ("entered", False))
        self._use(nut, [90] * 9)
        again = self._forecast(nut, months=4)
        self.assertEqual(again, first[3])
        self.assertEqual(first.mapped("quantity"), [1, 9, 9, 99])
        self.assertEqual(
            self.env["supplier.demand"]
            .with_context(active_test=False)
            .search_count([("product_id", "=", nut.id)]),
            4,
        )

    def test_other_supplier_was_planned(self):
        """What is planned of one supplier is not planned of another one again."""
        nut = self._bought("Nut")
        self._use(nut, [9] * 9)
        other = self._create_supplier("Other")
        self.env["supplier.demand"].create(
            {
                "product_id": nut.id,
                "partner_id": other.id,
                "company_id": self.company.id,
                "month": "2026-05-01",
                "quantity": 5,
            }
        )
        self.assertEqual(self._forecast(nut).mapped("month")[0], date(2026, 6, 1))

    def test_bad_input_and_rights(self):
        for vals in ({"months": 0}, {"months": 99}, {"past": 0}):
            with self.subTest(vals=vals), self.assertRefused("Forecast 1 to 24"):
                self._forecast(**vals)
        with self.assertRefused("cannot be written", AccessError):
            self._as(self.env["supplier.demand"], "buyer").create(
                {"product_id": self.product.id, "quantity": 1, "error": 2}
            )

    def test_statements(self):
        """As many for thirty products as for five, but for what is stored."""
        products = [self._bought(f"Part {number}") for number in range(35)]
        for product in products:
            self._use(product, [9] * 7)
        demands = self._as(self.env["supplier.demand"], "buyer")

        def statements(some):
            records = self.env["product.product"].union(*some)
            return self._statements_of(
                lambda: demands._forecast(
                    self.company, records.with_env(demands.env), 3, 36
                )
            )

        few, many = statements(products[:5]), statements(products[5:])
        self.assertLessEqual(many, few + 5)
