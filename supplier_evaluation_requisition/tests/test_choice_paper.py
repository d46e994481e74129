import re

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.supplier_evaluation.tests.paper import PaperCase

from .common import TODAY
from .test_choice import ChoiceCommon

REPORT = "supplier_evaluation_requisition.supplier_choice_report"


@tagged("post_install", "-at_install")
class TestChoicePaper(ChoiceCommon, PaperCase):
    """A requirement list on one page, which says what the list says."""

    def setUp(self):
        super().setUp()
        clock = freeze_time(TODAY)
        clock.start()
        self.addCleanup(clock.stop)

    def _rows_of(self, page):
        """Return the cells of each row of a page: two blanks part them."""
        return [re.split(r"\s{2,}", line.strip()) for line in page.splitlines()]

    def test_choice_on_one_page(self):
        """The usual eight requirements; figures, scores, ranks, and the decision."""
        choice = self._choice_of(self.cheap)
        self._score_all(choice)
        price = self._cell(choice, "Price", self.rival)
        price.write({"own_figure": 110, "reason": "They promised a rebate"})
        self._of(choice, self.supplier).action_take()
        choice.write(
            {
                "choice_reason": "Only they deliver on Sundays",
                "description": "For hall 2",
            }
        )
        [page] = self._print(REPORT, choice)
        self.assertIn("these figures may change", page)
        self.assertNotIn("Chosen By", page)
        choice.action_choose()
        [page] = self._print(REPORT, choice)
        rows = self._rows_of(page)
        for text in (
            self.company.name,
            choice.title,
            "For hall 2",
            "Choice Made",
            choice.candidate_id.display_name,
            "Only they deliver on Sundays",
            self.people["buyer"].name,
            "Chosen On 05/01/2026",
            "Price of Rival",
            "They promised a rebate",
        ):
            self.assertIn(text, " ".join(page.split()))
        self.assertNotIn("these figures may change", page)
        ranked = choice._by_rank()
        scores = [f"{one.score:.2f}" for one in ranked]
        self.assertIn(["Weighted Score", "100", *scores], rows)
        self.assertIn(["Rank", "1", "2"], rows)
        for row in choice.matrix["rows"]:
            self.assertIn(row["name"], page)
            for cell in row["cells"]:
                self.assertIn(cell["sum"], page)
        reports = self.env["ir.actions.report"].search(
            [("report_name", "=like", "supplier\\_evaluation\\_requisition.%")]
        )
        self.assertEqual(
            reports.paperformat_id,
            self.env.ref("supplier_evaluation.supplier_paperformat"),
        )

    def test_many_candidates_in_chinese(self):
        """Five beside each other, the chosen one among them; the others are named."""
        self.env["res.lang"]._activate_lang("zh_CN")
        choice = self._list([("包装", 100, {})], title="二号车间包装机")
        vendors = [self._create_supplier(f"{name}候选人") for name in "甲乙丙丁戊"]
        choice.candidate_ids = [
            Command.create({"partner_id": vendor.id}) for vendor in vendors
        ]
        cells = choice.score_ids.sorted(lambda cell: cell.candidate_id.id)
        for points, cell in zip((5, 4, 3.5, 3, 2, 1, 0), cells, strict=True):
            cell.own_figure = points
        choice.candidate_id = self._of(choice, vendors[-1])
        [page] = self._print(REPORT, choice.with_context(lang="zh_CN"))
        for text in ("二号车间包装机", "包装", "分数从", "戊候选人", "丙候选人"):
            self.assertIn(text, page)
        paper = choice._paper()
        self.assertEqual(len(paper["candidates"]), 5)
        self.assertTrue(paper["candidates"][-1]["is_chosen"])
        self.assertEqual(len(paper["others"]), 2)
        self.assertIn("丙候选人: number 5", paper["others"][0])

    def test_access(self):
        """Who may not read the list prints no page of it."""
        choice = self._choice_of(self.cheap)
        for name in ("none", "portal"):
            with self.assertRaises(AccessError):
                self._as(choice, name)._paper()
