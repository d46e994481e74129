from odoo import Command
from odoo.tests import tagged

from ..fact.common import CatalogueCommon


class RoundingCommon(CatalogueCommon):
    """A company whose currency has other coins than cents."""

    currency = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls._create_company("Coins", "Asia/Shanghai", cls.currency)
        cls.env.user.company_ids |= cls.company
        cls.env = cls.env(
            context={**cls.env.context, "allowed_company_ids": cls.company.ids}
        )
        cls._create_accounts()

    def _assert_same_price(self):
        for code in ("price_variance", "price_volatility"):
            self.assertAlmostEqual(self._value(code), 0, 6, code)


@tagged("post_install", "-at_install")
class TestPriceInYen(RoundingCommon):
    """Amounts are whole yen; prices are not."""

    currency = "JPY"

    def test_a_few_cheap_pieces(self):
        """Three at 1.50 are 5 yen, and cost 1.50 each."""
        self._buy(1000, 1.5, "2026-02-01")
        line = self._buy(3, 1.5, "2026-03-10")
        self.assertEqual(line.price_subtotal, 5)
        self.assertEqual(self._price_fact(line).price, 1.5)
        self._assert_same_price()

    def test_less_than_half_a_yen(self):
        """One at 0.40 is 0 yen, and not for free."""
        self._buy(1000, 0.4, "2026-02-01")
        line = self._buy(1, 0.4, "2026-03-10")
        self.assertEqual(line.price_subtotal, 0)
        self._assert_same_price()

    def test_discount_of_a_few_cheap_pieces(self):
        """A tenth off 1.50: 1.35 each, 4 yen for three, and a tenth all the same."""
        self._buy(1000, 1.35, "2026-02-01")
        line = self._buy(3, 1.5, "2026-03-10")
        line.discount = 10
        self._assert_same_price()
        self.assertAlmostEqual(self._value("discount_rate"), 10)

    def test_a_few_cheap_pieces_with_tax_inside(self):
        """1.65 with a tenth of tax in it is 1.50, however few."""
        tax = self._tax(10)
        for quantity, day in ((1000, "2026-02-01"), (3, "2026-03-10")):
            line = self._buy(quantity, 1.65, day)
            line.tax_ids = tax
        self.assertNotEqual(line.price_subtotal, 4.5)
        self._assert_same_price()

    def test_tax_inside_of_less_than_half_a_yen(self):
        """4 yen with tax of 0.36 in them."""
        self._buy(1000, 4 / 1.1, "2026-02-01")
        line = self._buy(1, 4, "2026-03-10")
        line.tax_ids = self._tax(10)
        self.assertAlmostEqual(self._price_fact(line).price, 4 / 1.1)

    def test_bill_of_a_few_cheap_pieces(self):
        line = self._buy(1000, 1.5, "2026-03-01")
        self._bill(line, 3, 1.5)
        self.assertAlmostEqual(self._value("bill_price_variance"), 0, 6)
        self._bill(line, 3, 2)
        self.assertAlmostEqual(self._value("bill_price_variance"), 100 / 6, 4)

    def test_bill_of_a_few_with_tax_inside(self):
        """105 yen with a tenth of tax in them are 95 for one and 95 455 for 1000."""
        self.company.account_fiscal_country_id = self.env.ref("base.us")
        taxes = {"tax_ids": [Command.set(self._tax(10).ids)]}
        line = self._buy(1000, 105, "2026-03-01")
        line.write(taxes)
        for quantity in (1, 9, 90):
            self._bill(line, quantity, 105, line_vals=taxes)
        self.assertAlmostEqual(self._value("bill_price_variance"), 0, 6)
        # Also where the price of the order was changed since.
        line.price_unit = 110
        self.env.flush_all()
        self.assertAlmostEqual(self._value("bill_price_variance"), 0, 6)
        # A yen too much on one of 100 is a price of its own.
        dear = self._bill(line, 1, 112, line_vals=taxes)
        self.env.flush_all()
        facts = self.env["supplier.bill.fact"]._with_fact_scope(self._scope())
        [fact] = facts.search([("move_id", "=", dear.id)])
        self.assertAlmostEqual(fact.price, 102)
        self.assertAlmostEqual(fact.difference, 2)

    def test_return_of_a_few_cheap_pieces(self):
        """Goods are worth their price, not their rounded share of it."""
        line = self._buy(3, 1.5, "2026-03-01")
        self._return(self._receive(line, "2026-03-05"), "2026-03-06", 1)
        self.assertAlmostEqual(self._measure("return_rate").denominator, 4.5)

    def test_difference_that_is_no_coin(self):
        line = self._buy(1000, 1.5, "2026-03-01")
        self._bill(line, 1, 2)
        self._bill(line, 1, 2.1)
        self.env.flush_all()
        facts = self.env["supplier.bill.fact"]._with_fact_scope(self._scope())
        found = facts.search([("is_other_price", "=", True)])
        self.assertEqual(found.mapped("price"), [2.1])


@tagged("post_install", "-at_install")
class TestPriceInDinars(RoundingCommon):
    """Amounts have three decimals: a thousandth is money."""

    currency = "KWD"

    def test_tax_of_a_few_thousandths_inside(self):
        """0.063 with 5 % in it is 0.060: less than a cent off, and not the price."""
        self._buy(1, 0.060, "2026-02-01")
        line = self._buy(1, 0.063, "2026-03-10")
        line.tax_ids = self._tax(5)
        self.assertAlmostEqual(line.price_subtotal, 0.060)
        self._assert_same_price()

    def test_tax_of_less_than_a_hundredth_inside(self):
        """10.050 with 0.5 % in it is 10: by the subtotal."""
        self._buy(10, 10, "2026-02-01")
        line = self._buy(10, 10.050, "2026-03-10")
        line.tax_ids = self._tax(0.5)
        self.assertAlmostEqual(line.price_subtotal, 100)
        self._assert_same_price()

    def test_difference_of_a_thousandth(self):
        line = self._buy(10, 0.1, "2026-03-01")
        self._bill(line, 1, 0.101)
        self.env.flush_all()
        facts = self.env["supplier.bill.fact"]._with_fact_scope(self._scope())
        self.assertTrue(facts.search([]).is_other_price)
        self.assertAlmostEqual(self._value("bill_price_variance"), 1, 4)


@tagged("post_install", "-at_install")
class TestPriceInMillimes(TestPriceInDinars):
    currency = "TND"


@tagged("post_install", "-at_install")
class TestPriceTaxInside(CatalogueCommon):
    """Prices that have tax in them, of several kinds."""

    def test_rounded_subtotal_by_quantity(self):
        """Three at 9.99 with 20 % in it: 24.98 by three."""
        line = self._buy(3, 9.99, "2026-03-10")
        line.tax_ids = self._tax(20)
        self.assertAlmostEqual(line.price_subtotal, 24.98)
        self.assertAlmostEqual(self._price_fact(line).price, 24.98 / 3)

    def test_discounted_to_nothing(self):
        """12 with 20 % in it was 10 before the discount."""
        line = self._buy(10, 12, "2026-03-10")
        line.tax_ids = self._tax(20)
        line.discount = 100
        fact = self._price_fact(line)
        self.assertEqual((fact.price, fact.value), (0, 0))
        self.assertAlmostEqual(fact.gross_value, 100)
        self._buy(10, 10, "2026-03-11")
        self.assertAlmostEqual(self._value("discount_rate"), 50)

    def test_discounted_to_almost_nothing(self):
        """What rounds to 0 has no rounded share of the price before discount."""
        line = self._buy(1, 12, "2026-03-10")
        line.tax_ids = self._tax(20)
        line.discount = 99.99
        self.assertEqual(line.price_subtotal, 0)
        self.assertAlmostEqual(self._price_fact(line).gross_value, 10)
        self.assertAlmostEqual(self._value("discount_rate"), 99.99, 4)

    def test_discounted_to_nothing_by_kind_of_tax(self):
        """2 of 12 by the piece; a sixth of the price; two taxes of a group."""
        group = self._tax(
            0,
            amount_type="group",
            children_tax_ids=[
                Command.set((self._tax(12) | self._tax(8)).ids),
            ],
        )
        for tax in (
            self._tax(2, amount_type="fixed"),
            self._tax(100 / 6, amount_type="division"),
            group,
        ):
            line = self._buy(10, 12, "2026-03-10")
            line.tax_ids = tax
            self.assertAlmostEqual(line.price_subtotal, 100, 2)
            line.discount = 100
            self.assertAlmostEqual(self._price_fact(line).gross_value, 100, 2)

    def test_tax_is_inside_unless_the_tax_says_otherwise(self):
        """As the company says; a tax may say it for itself."""
        self.company.account_price_include = "tax_included"
        inside = self._buy(10, 12, "2026-03-10")
        inside.tax_ids = self._tax(20, price_include_override=False)
        added = self._buy(10, 12, "2026-03-10")
        added.tax_ids = self._tax(20, price_include_override="tax_excluded")
        for line, amount in ((inside, 100), (added, 120)):
            self.assertAlmostEqual(line.price_subtotal, amount)
            line.discount = 100
            self.assertAlmostEqual(self._price_fact(line).gross_value, amount)


@tagged("post_install", "-at_install")
class TestPriceAbroad(CatalogueCommon):
    """An order in yen, of a company that counts in dollars."""

    def test_yen(self):
        yen = self.env.ref("base.JPY")
        yen.active = True
        self.env["res.currency.rate"].create(
            {
                "name": "2026-01-01",
                "currency_id": yen.id,
                "company_id": self.company.id,
                "rate": 150,
            }
        )
        self._create_accounts()
        self._buy(1000, 1.5, "2026-02-01", currency_id=yen.id)
        line = self._buy(3, 1.5, "2026-03-10", currency_id=yen.id)
        self.assertEqual(line.price_subtotal, 5)
        self._bill(line, 3, 1.5)
        self._bill(line, 3, 0.01, currency_id=self.company.currency_id.id)
        for code in ("price_variance", "price_volatility", "bill_price_variance"):
            self.assertAlmostEqual(self._value(code), 0, 6, code)
        self.assertAlmostEqual(self._price_fact(line).value, 0.03)
