from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import OverviewCommon


@tagged("post_install", "-at_install")
class TestCompare(OverviewCommon):
    """Scorecards side by side are the scorecards."""

    def _compare(self, cards, person="buyer"):
        own = self._as(self.env["supplier.scorecard"], person)
        return own.retrieve_comparison(cards.ids)

    def test_rows(self):
        late, punctual = (
            self._card(self.march, self.late_supplier),
            self._card(self.march, self.supplier),
        )
        compared = self._compare(late | punctual)
        self.assertEqual(
            [(card["name"], card["score"]) for card in compared["cards"]],
            [("Late", late.score), ("Golden Supplier", punctual.score)],
        )
        [dimension] = compared["dimensions"]
        self.assertEqual(dimension["label"], "Delivery")
        part = late.dimension_ids
        self.assertEqual(
            dimension["cells"][str(late.id)],
            {
                "id": part.id,
                "score": part.score,
                "low": part.score_low,
                "high": part.score_high,
                "weight": part.weight,
            },
        )
        self.assertEqual(
            {row["label"] for row in compared["kpis"]},
            set(late.line_ids.kpi_id.mapped("name")),
        )
        for row in compared["kpis"]:
            line = late.line_ids.filtered(
                lambda each, row=row: each.kpi_id.id == row["key"]
            )
            self.assertEqual(
                row["cells"][str(late.id)],
                {"id": line.id, "score": line.score, "value": line.value_text},
            )

    def test_dimensions_add_up_to_the_score(self):
        """What the browser computes with the stored weights is the stored score."""
        cards = self.march.scorecard_ids
        compared = self._compare(cards)
        for card in cards:
            cells = [row["cells"][str(card.id)] for row in compared["dimensions"]]
            weight = sum(cell["weight"] for cell in cells)
            score = sum(cell["weight"] * cell["score"] for cell in cells) / weight
            self.assertAlmostEqual(score, card.score, places=1)

    def test_two_to_five(self):
        cards = self.march.scorecard_ids
        extra = self.february.scorecard_ids
        with self.assertRefused("two to 5", error=UserError):
            self._compare(cards[:1])
        self.assertEqual(len(self._compare(cards | extra)["cards"]), 5)

    def test_addresses(self):
        """What an address names twice, or what is gone, is not compared."""
        late, punctual = (
            self._card(self.march, self.late_supplier),
            self._card(self.march, self.supplier),
        )
        own = self._as(self.env["supplier.scorecard"], "buyer")
        compared = own.retrieve_comparison([late.id, punctual.id, late.id])
        self.assertEqual(
            [card["id"] for card in compared["cards"]], [late.id, punctual.id]
        )
        gone_id = max(own.sudo().search([]).ids) + 1
        for card_ids in ([], [late.id, late.id], [late.id, gone_id]):
            with self.assertRefused("two to 5", error=UserError):
                own.retrieve_comparison(card_ids)

    def test_too_many(self):
        self._month("03", self._create_supplier("Sixth"), came="10")
        april = self._publish(
            template=self._create_template("Other", ["otd"]),
        )
        cards = self.march.scorecard_ids | april.scorecard_ids
        self.assertGreater(len(cards), 5)
        with self.assertRefused("two to 5", error=UserError):
            self._compare(cards)
        with self.assertRefused("two to 5", error=UserError):
            self._as(cards, "buyer").action_compare()

    def test_from_the_list(self):
        cards = self.march.scorecard_ids
        server_action = self.env.ref(
            "supplier_evaluation.supplier_scorecard_compare_action"
        )
        action = (
            self._as(server_action, "buyer")
            .with_context(active_model=cards._name, active_ids=cards.ids)
            .run()
        )
        self.assertEqual(action["tag"], "supplier_compare")
        self.assertEqual(action["params"], {"card_ids": cards.ids})
