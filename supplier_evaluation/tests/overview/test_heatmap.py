from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import OverviewCommon


@tagged("post_install", "-at_install")
class TestHeatmap(OverviewCommon):
    """Its cells are the parts of the scorecards."""

    def _names(self, **asked):
        return [row["name"] for row in self._heatmap(**asked)["rows"]]

    def test_dimensions(self):
        heatmap = self._heatmap()
        self.assertEqual(heatmap["total"], 3)
        self.assertEqual(
            heatmap["columns"], [{"key": "dimension:delivery", "label": "Delivery"}]
        )
        for row in heatmap["rows"]:
            card = self.env["supplier.scorecard"].browse(row["id"])
            self.assertEqual(row["name"], card.partner_id.name)
            self.assertEqual(row["score"], card.score)
            self.assertEqual(
                (row["low"], row["high"]), (card.score_low, card.score_high)
            )
            self.assertEqual(row["grade_id"], card.grade_id.id)
            part = card.dimension_ids
            self.assertEqual(
                row["cells"], {"dimension:delivery": [part.score, part.id]}
            )
            self.assertFalse(row["company"])

    def test_kpis(self):
        heatmap = self._heatmap(by="kpi")
        lines = self._card(self.march, self.late_supplier).line_ids
        self.assertEqual(
            [column["key"] for column in heatmap["columns"]],
            [f"kpi:{kpi.id}" for kpi in lines.kpi_id.sorted()],
        )
        [late] = [row for row in heatmap["rows"] if row["name"] == "Late"]
        self.assertEqual(
            late["cells"],
            {f"kpi:{line.kpi_id.id}": [line.score, line.id] for line in lines},
        )

    def test_last_periods(self):
        curves = {row["name"]: row["curve"] for row in self._heatmap()["rows"]}
        self.assertEqual(curves["Late"], [100.0, 50.0])
        self.assertEqual(curves["New"], [None, 100.0])

    def test_periods_after_are_not_there(self):
        heatmap = self._heatmap(period="2026-02-01..2026-02-28")
        self.assertEqual({len(row["curve"]) for row in heatmap["rows"]}, {1})

    def test_order(self):
        otd = self.env["supplier.kpi"].search([("code", "=", "otd")])
        for key in ("score", "trend", "dimension:delivery", f"kpi:{otd.id}"):
            self.assertEqual(self._names(order=key)[0], "Late", key)
        self.assertEqual(self._names(order="score desc")[-1], "Late")
        # Who has no change, since it is new, comes last either way.
        self.assertEqual(self._names(order="trend desc")[-1], "New")
        self.assertEqual(self._names(order="trend")[-1], "New")
        self.assertEqual(
            self._names(order="name desc"), ["New", "Late", "Golden Supplier"]
        )

    def test_order_by_what_is_no_column(self):
        for key in ("secret", "kpi:1; DROP TABLE", "kpi:", "id"):
            with self.assertRefused("There is no column", error=UserError):
                self._heatmap(order=key)

    def test_pages(self):
        first = self._heatmap(order="name", limit=2)
        last = self._heatmap(order="name", offset=2, limit=2)
        beyond = self._heatmap(order="name", offset=4, limit=2)
        self.assertEqual(
            [row["name"] for row in first["rows"] + last["rows"]],
            ["Golden Supplier", "Late", "New"],
        )
        self.assertEqual([first["total"], last["total"], beyond["total"]], [3, 3, 3])
        self.assertEqual(beyond["rows"], [])

    def test_pages_that_do_not_exist(self):
        """What is no page begins with the first row, and has one row at least."""
        whole = self._names()
        for asked in (
            {"limit": 0},
            {"limit": None},
            {"limit": 10_000},
            {"offset": -1},
            {"offset": None},
            {"order": None},
            {"order": ""},
        ):
            self.assertEqual(self._names(**asked), whole, asked)
        self.assertEqual(self._names(limit=-1), whole[:1])

    def test_filters(self):
        germans = [("country_id", "=", self.env.ref("base.de").id)]
        self.assertEqual(self._names(domain=germans), ["Late"])

    def test_no_data_is_not_zero(self):
        """A KPI without data leaves its cell empty."""
        template = self._create_template("More", ["otd", "bill_price_variance"])
        self._evaluate(template).action_publish()
        rows = self._heatmap(by="kpi", template_id=template.id)["rows"]
        kpi = self.env["supplier.kpi"].search([("code", "=", "bill_price_variance")])
        for row in rows:
            score, _line = row["cells"][f"kpi:{kpi.id}"]
            self.assertIsNone(score)
