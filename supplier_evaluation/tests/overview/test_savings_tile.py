from odoo.tests import tagged

from .common import OverviewCommon


@tagged("post_install", "-at_install")
class TestSavingsTile(OverviewCommon):
    """What the overview says was saved is what the scorecards and their records say."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # One dollar less than before for each of ten pieces, and half a dollar more.
        for price, partner in ((4, cls.late_supplier), (5.5, cls.supplier)):
            cls._order(10, price, "2026-03-20", "2026-03-15", partner=partner)
        cls.prices = cls._create_template("Prices", ["otd", "price_variance"])
        cls.priced = cls._evaluate(template=cls.prices)
        cls.priced.action_publish()

    def test_saved(self):
        """Whoever is new in March has no price before."""
        tiles = self._overview(template_id=self.prices.id)["tiles"]
        self.assertAlmostEqual(tiles["all"]["saved"], 10 * 1 - 10 * 0.5)
        self.assertAlmostEqual(tiles["all"]["saved_share"], 5 / (12 * 10 * 5))
        self.assertAlmostEqual(tiles["my"]["saved"], 10)
        lines = self.priced.scorecard_ids.line_ids.filtered(
            lambda line: line.kpi_id.code == "price_variance" and line.has_value
        )
        records = [
            self.env[action["res_model"]]
            .with_context(**action["context"])
            .search(action["domain"])
            for action in (line.action_open_counted() for line in lines)
        ]
        paid_more = sum(sum(some.mapped("price_difference")) for some in records)
        self.assertAlmostEqual(tiles["all"]["saved"], -paid_more)

    def test_not_known(self):
        """A template that asks for no prices saves nothing, not 0."""
        tiles = self._overview(template_id=self.template.id)["tiles"]["all"]
        self.assertIsNone(tiles["saved"])
        self.assertIsNone(tiles["saved_share"])
