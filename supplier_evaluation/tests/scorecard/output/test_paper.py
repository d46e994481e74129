import re

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ....scoring import rank_range
from ...common import BUYER
from ...paper import PaperCase
from ..common import ThreeSuppliersCommon

REPORT = "supplier_evaluation.supplier_scorecard_report"


@tagged("post_install", "-at_install")
class TestPaper(ThreeSuppliersCommon, PaperCase):
    """A scorecard on one page, which says what the scorecard says."""

    def _lines_of(self, page):
        """Return the cells of each row of a page: two blanks part them."""
        return [re.split(r"\s{2,}", line.strip()) for line in page.splitlines()]

    def test_numbers(self):
        """Every figure of the scorecard is on its page, and the pages are in order."""
        evaluation = self._evaluate()
        evaluation.action_publish()
        cards = self._card(evaluation, self.late_supplier) + self._card(evaluation)
        pages = self._print(REPORT, cards)
        self.assertEqual(len(pages), 2)
        for card, page in zip(cards, pages, strict=True):
            rows = self._lines_of(page)
            self.assertIn(card.partner_id.name, page)
            self.assertIn(self.company.name, page)
            self.assertIn("March 2026", page)
            self.assertIn(f"{card.score:.1f} {card.grade_id.name}", page)
            self.assertIn(f"Rank {card.rank} of 2", page)
            self.assertIn(f"number {card.seal_number}: {card.seal}", page)
            for line in card.line_ids:
                self.assertIn(
                    [
                        line.kpi_id.name,
                        f"{line.value:.1f} %",
                        f"{line.target_value:.1f} %",
                        f"{line.peer_value:.1f} %",
                        f"{line.score:.1f}",
                        f"{line.effective_weight:.1f} %",
                        f"{line.contribution:.1f}",
                        str(line.n),
                    ],
                    rows,
                )
            [dimension] = card.dimension_ids
            self.assertIn(
                ["Delivery", f"{dimension.score:.1f}", "100 % of the weight"], rows
            )
            self.assertIn(
                f"between {card.score_low:.1f} and {card.score_high:.1f} with 95 %",
                page,
            )

    def test_costliest_first(self):
        evaluation = self._evaluate()
        [page] = self._print(REPORT, self._card(evaluation, self.late_supplier))
        rows = [row[0] for row in self._lines_of(page)]
        self.assertLess(rows.index("On-time delivery"), rows.index("Fill rate"))
        self.assertIn("Not published: these figures may change.", page)

    def test_published(self):
        """Only what is not published may change."""
        evaluation = self._evaluate()
        evaluation.action_publish()
        [page] = self._print(REPORT, self._card(evaluation, self.late_supplier))
        self.assertIn("Proof against changes", page)
        self.assertNotIn("Not published", page)

    def test_findings(self):
        """The page says why, in the sentences of the screen."""
        line = self.template.line_ids.filtered(lambda one: one.kpi_id.code == "otd")
        line.write({"has_gate": True, "minimum_score": 20})
        card = self._card(self._evaluate(), self.late_supplier)
        [page] = self._print(REPORT, card)
        self.assertIn("Below the minimum: On-time delivery (0.0 points", page)
        words = " ".join(page.split())
        for finding in card._findings():
            self.assertIn(finding["text"], words)

    def test_provisional(self):
        evaluation = self._evaluate()
        [page] = self._print(REPORT, self._card(evaluation, self.small_supplier))
        self.assertIn("Provisional, not ranked", page)

    def test_no_orders_in_the_period(self):
        """Who got no order spent nothing that is known: that is no 0.00."""
        evaluation = self._evaluate()
        card = self._card(evaluation, self.small_supplier)
        card.sudo().spend = False
        [page] = self._print(REPORT, card)
        self.assertRegex(page, r"Spend of the\s+period:\s+–")

    def test_possible_ranks(self):
        """Scores whose intervals overlap may stand the other way round."""
        evaluation = self._evaluate()
        cards = self._card(evaluation) + self._card(evaluation, self.late_supplier)
        overlap = cards[1].score_high >= cards[0].score_low
        expected = {cards[0].id: (1, 1 + overlap), cards[1].id: (2 - overlap, 2)}
        self.assertEqual(cards._rank_ranges(), expected)
        cards.flush_recordset()
        self.env.cr.execute(
            "UPDATE supplier_scorecard SET score_low = 1, score_high = 99 "
            "WHERE id = ANY(%s)",
            [cards.ids],
        )
        cards.invalidate_recordset()
        self.assertEqual(cards._rank_ranges(), dict.fromkeys(cards.ids, (1, 2)))
        # Without an interval, a score is exact.
        self.env.cr.execute(
            "UPDATE supplier_scorecard SET score_low = NULL, score_high = NULL "
            "WHERE id = %s",
            [cards[0].id],
        )
        cards.invalidate_recordset()
        exact = (cards[0].score, cards[0].score)
        expected = {
            cards[0].id: rank_range(exact, [(1, 99)]),
            cards[1].id: rank_range((1, 99), [exact]),
        }
        self.assertEqual(cards._rank_ranges(), expected)

    def test_chinese(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.supplier.name = "苏州轴承有限公司"
        card = self._card(self._evaluate()).with_context(lang="zh_CN")
        [page] = self._print(REPORT, card)
        self.assertIn("苏州轴承有限公司", page)
        # Digits and signs come from different fonts, with some space between them.
        self.assertIn("2026年3月", page.replace(" ", ""))

    def test_all_kpis_fit_on_one_page(self):
        """A template with every KPI there is, and a long name of each."""
        template = self._create_template("All")
        self.env["supplier.kpi"].search([]).write({"description": "x"})
        evaluation = self._evaluate(template)
        self.assertGreater(len(template.line_ids), 24)
        pages = self._print(REPORT, self._card(evaluation))
        self.assertEqual(len(pages), 1)

    def test_access(self):
        evaluation = self._evaluate()
        evaluation.action_publish()
        card = self._card(evaluation)
        report = self.env["ir.actions.report"]
        buyer = self._create_user("paper_buyer", BUYER)
        html, _kind = self._as(report, buyer)._render_qweb_html(REPORT, card.ids)
        self.assertIn(card.seal, html.decode())
        elsewhere = self._create_company("Elsewhere", "UTC", "EUR")
        for user in (
            self._create_user("paper_elsewhere", BUYER, elsewhere),
            self._create_user("paper_nobody", "base.group_user"),
        ):
            with self.assertRaises(AccessError):
                self._as(report, user)._render_qweb_html(REPORT, card.ids)
