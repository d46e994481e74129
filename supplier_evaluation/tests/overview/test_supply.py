from dateutil.relativedelta import relativedelta
from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from .common import OverviewCommon


@tagged("post_install", "-at_install")
class TestSupply(OverviewCommon):
    """What suppliers deliver: how fast it leaves, and who else has it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls._create_supplier("Seller")
        cls.part = cls._create_product("Part", standard_price=5)
        with freeze_time("2026-03-20 04:00:00"):
            line = cls._order(
                12, 5, "2026-01-10", "2026-01-05", partner=cls.seller, product=cls.part
            )
            cls._receive(line, "2026-01-10")
        cls._month("03", cls.seller, came="10")
        cls._publish(template=cls._create_template("Again", ["otd"]))

    def _move(self, quantity, origin, target, day):
        """Move pieces between two places."""
        with freeze_time(f"{day} 04:00:00"):
            move = self.env["stock.move"].create(
                {
                    "product_id": self.part.id,
                    "product_uom_qty": quantity,
                    "product_uom": self.part.uom_id.id,
                    "company_id": self.company.id,
                    "location_id": origin.id,
                    "location_dest_id": target.id,
                }
            )
            move._action_confirm()
            move.quantity = quantity
            move.picked = True
            move._action_done()
        return move

    def _turnover(self, day):
        self.env.flush_all()
        with freeze_time(f"{day} 04:00:00"):
            cards = self._as(self.env["supplier.scorecard"], "buyer")
            return cards.retrieve_turnover(self.seller.ids)

    def _places(self):
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", self.company.id)], limit=1
        )
        return warehouse.lot_stock_id, self.env.ref("stock.stock_location_customers")

    def test_turnover(self):
        """Sold at cost, divided by the average of the ends of thirteen months.

        12 parts for 5 dollars came on 10 January, 6 were sold on 20 February. The
        ends of months up to 31 March are 30, 30, 60 dollars, and nothing ten times.
        The bolts, which came in March, are never sold: 250 dollars at the end, but
        they have no cost, so they are worth nothing.
        """
        stock, customers = self._places()
        self._move(6, stock, customers, "2026-02-20")
        turnover = self._turnover("2026-03-31")
        day = fields.Date.to_date("2026-03-31")
        ends = [day - relativedelta(months=back) for back in range(13)]
        came, sold = map(fields.Date.to_date, ("2026-01-10", "2026-02-20"))
        values = [60 * (came < end) - 30 * (sold < end) for end in ends]
        self.assertEqual(values[:3], [30, 30, 60])
        bolts = self._bolt_average()
        self.assertAlmostEqual(
            turnover[str(self.seller.id)], 30 / (sum(values) / 13 + bolts)
        )

    def _bolt_average(self):
        """The average value of the bolts, of which all came in March."""
        quant = self.env["stock.quant"].search(
            [
                ("product_id", "=", self.product.id),
                ("location_id.usage", "=", "internal"),
                ("company_id", "=", self.company.id),
            ]
        )
        quantity = sum(quant.mapped("quantity"))
        value = quantity * self.product.with_company(self.company).standard_price
        return value / 13

    def test_customer_returns_are_not_sold(self):
        stock, customers = self._places()
        self._move(6, stock, customers, "2026-02-20")
        sold = self._turnover("2026-03-31")[str(self.seller.id)]
        self._move(6, customers, stock, "2026-03-25")
        self.assertGreater(sold, 0)
        self.assertAlmostEqual(self._turnover("2026-03-31")[str(self.seller.id)], 0)

    def test_amounts_of_companies_are_converted(self):
        """A euro is half a dollar: 60 euros of stock elsewhere are 30 dollars."""
        stock, customers = self._places()
        self._move(6, stock, customers, "2026-02-20")
        used = 6 * 5
        alone = used / self._turnover("2026-03-31")[str(self.seller.id)]
        other = self._create_company("Other Works", "Asia/Shanghai", "EUR")
        self._euros({"2026-01-01": 2})
        self.env.user.company_ids |= other
        self.part.with_company(other).standard_price = 5
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", other.id)], limit=1
        )
        line = self._order(
            12,
            5,
            "2026-01-10",
            "2026-01-05",
            partner=self.seller,
            product=self.part,
            company=other,
            picking_type_id=warehouse.in_type_id.id,
        )
        self._receive(line, "2026-01-10")
        self.people["buyer"].company_ids |= other
        turnover = self._turnover("2026-03-31")[str(self.seller.id)]
        # In stock at the ends of three of the thirteen months.
        self.assertAlmostEqual(turnover, used / (alone + 3 * 30 / 13))

    def test_who_delivered_nothing_is_absent(self):
        nobody = self._create_supplier("Nobody")
        cards = self._as(self.env["supplier.scorecard"], "buyer")
        self.assertEqual(cards.retrieve_turnover(nobody.ids), {})

    def test_single_sources(self):
        """Bolts come from several suppliers, the part from one."""
        self.env.flush_all()
        cards = self._as(self.env["supplier.scorecard"], "buyer")
        self.assertEqual(cards.retrieve_single_sources(), {str(self.seller.id): 1})
