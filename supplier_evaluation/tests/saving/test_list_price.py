from odoo import Command
from odoo.tests import tagged

from ..fact.common import CatalogueCommon

MODEL = "supplier.saving.fact"


@tagged("post_install", "-at_install")
class TestListPrice(CatalogueCommon):
    """What the vendor's pricelist says is what Odoo orders for, without tax."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls.product.product_tmpl_id
        cls.product.supplier_taxes_id = [Command.clear()]

    def _list(self, price, min_qty=0, **vals):
        return self.env["product.supplierinfo"].create(
            {
                "partner_id": self.supplier.id,
                "product_tmpl_id": self.template.id,
                "currency_id": self.company.currency_id.id,
                "company_id": self.company.id,
                "min_qty": min_qty,
                "price": price,
                **vals,
            }
        )

    def _ordered(self, quantity, **vals):
        """An order whose price Odoo fills in."""
        self.env.invalidate_all()
        line = self._buy(quantity, 1, "2026-03-05")
        order = line.order_id.copy({"date_order": "2026-03-05 04:00:00", **vals})
        order.order_line = [
            Command.clear(),
            Command.create({"product_id": self.product.id, "product_qty": quantity}),
        ]
        order.button_confirm()
        order.order_line.sudo()._write_guarded(
            {"date_promise_frozen": "2026-03-05 04:00:00"}
        )
        return order.order_line

    def _saving(self, line):
        self.env.flush_all()
        facts = self.env[MODEL]._with_fact_scope(self._scope())
        [fact] = facts.search(
            [
                ("company_id", "=", self.company.id),
                ("order_id", "=", line.order_id.id),
                ("reference", "=", "list"),
            ]
        )
        return fact.saving if fact.exclusion is False else fact.exclusion

    def _assert_as_ordered(self, line, price):
        """Who takes the price of the list saves nothing."""
        self.assertAlmostEqual(line.price_unit, price)
        self.assertAlmostEqual(self._saving(line), 0)

    def test_cheapest_of_those_that_count(self):
        """An offer for any quantity is better than the price from 100 on."""
        self._list(9.8, 100)
        self._list(9.5)
        self._assert_as_ordered(self._ordered(100), 9.5)

    def test_cheapest_after_discount(self):
        """Compared before discount with the price that is cheapest after it."""
        self._list(10, discount=20)
        self._list(9)
        line = self._buy(10, 10, "2026-03-05")
        line.discount = 20
        self.assertAlmostEqual(self._saving(line), 20)

    def test_cheapest_by_unit_and_currency(self):
        """60 euros a dozen are 120 dollars, so 10 each."""
        euro = self._euros({"2026-01-01": 0.5})
        self._list(11)
        dozens = {"product_uom_id": self.uom_dozen.id, "currency_id": euro.id}
        self._list(60, 1, **dozens)
        line = self._buy(24, 10, "2026-03-05")
        self.assertAlmostEqual(self._saving(line), 0)

    def test_tax_inside(self):
        """113 with 13 % of tax in it is 100, on the list as on the order."""
        self.product.supplier_taxes_id = self._tax(13)
        self._list(113)
        line = self._ordered(10)
        self._assert_as_ordered(line, 113)
        # Bought at 100, without tax, by the fiscal position.
        line.tax_ids = False
        line.price_unit = 90
        self.assertAlmostEqual(self._saving(line), 100)

    def test_tax_inside_of_the_line_only(self):
        self._list(113)
        line = self._ordered(10)
        line.tax_ids = self._tax(13)
        self.assertAlmostEqual(line.price_subtotal, 1000)
        self.assertAlmostEqual(self._saving(line), 0)

    def test_tax_of_another_company(self):
        other = self._create_company("Other", "Asia/Shanghai", "USD")
        group = self.env["account.tax.group"].create(
            {
                "name": "Purchases",
                "company_id": other.id,
                "country_id": self.env.ref("base.us").id,
            }
        )
        self.product.supplier_taxes_id = self._tax(
            13, company_id=other.id, tax_group_id=group.id
        )
        self._list(113)
        self.assertAlmostEqual(self._saving(self._buy(10, 100, "2026-03-05")), 130)
