from odoo.tests import tagged

from ..fact.common import CatalogueCommon


@tagged("post_install", "-at_install")
class TestGoldenPrice(CatalogueCommon):
    """The published reference set of prices: every number as the definition states."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.competitor = cls._create_supplier("Competitor")
        for quantity, price, day in (
            (100, 10.00, "2026-01-15"),
            (100, 10.00, "2026-02-15"),
            (100, 10.50, "2026-03-10"),
            (50, 9.50, "2026-03-20"),
        ):
            cls._order(quantity, price, day, confirmed=day)
        cls._order(100, 9, "2026-02-10", confirmed="2026-02-10", partner=cls.competitor)

    def test_price_variance(self):
        measure = self._measure("price_variance")
        self.assertAlmostEqual(measure.value, 1.6667, 4)
        self.assertEqual(measure.n, 2)
        self.assertAlmostEqual(measure.numerator, 25)
        self.assertAlmostEqual(measure.denominator, 1500)

    def test_price_volatility(self):
        self.assertAlmostEqual(self._value("price_volatility"), 4.0825, 4)

    def test_price_competitiveness(self):
        self.assertAlmostEqual(self._value("price_competitiveness"), 6.6167, 4)
        facts = self.env["supplier.price.fact"]._with_fact_scope(self._scope())
        fact = facts.search([("partner_id", "=", self.supplier.id)], limit=1)
        self.assertAlmostEqual(fact.market_price, 9.5357, 4)
        self.assertEqual(fact.market_suppliers, 2)

    def test_market_price_of_the_supplier(self):
        """By quantity, over twelve months: the middle of three is its own price."""
        other = self._create_supplier("Dearest")
        self._order(100, 11, "2026-02-10", confirmed="2026-02-10", partner=other)
        self.env.flush_all()
        facts = self.env["supplier.price.fact"]._with_fact_scope(self._scope())
        fact = facts.search([("partner_id", "=", self.supplier.id)], limit=1)
        self.assertAlmostEqual(fact.market_price, 10.0714, 4)
        self.assertEqual(fact.market_suppliers, 3)

    def test_weighting_by_line_changes_no_money(self):
        for code, value in (("price_variance", 1.6667), ("price_volatility", 4.0825)):
            self.assertAlmostEqual(self._value(code, weighting="line"), value, 4)

    def test_one_supplier_asked_for_sees_the_same_market(self):
        """A list of one supplier reads only its products, with their market."""
        self.env.flush_all()
        facts = self.env["supplier.price.fact"]._with_fact_scope(self._scope())
        gaps = facts._read_group(
            [("partner_id", "=", self.supplier.id), ("exclusion", "=", False)],
            [],
            ["market_gap:avg", "price_change:avg", "price_variation:avg"],
        )[0]
        for gap, value in zip(gaps, (6.6167, 1.6667, 4.0825), strict=True):
            self.assertAlmostEqual(gap * 100, value, 4)
