from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import SQL

from ....models.scorecard.columns import (
    DIMENSION,
    DIMENSION_COLUMNS,
    LINE,
    LINE_COLUMNS,
    SCORECARD_COLUMNS,
)
from ....scoring import rank
from ....tools.streams import drop_answers, fetch_slices, keep_answer
from ..common import ThreeSuppliersCommon

SLICE = "odoo.addons.supplier_evaluation.tools.streams.SLICE"
PARENTS = ("evaluation_id", "scorecard_id")
KEPT = "odoo.addons.supplier_evaluation.models.scorecard.run.run.KEPT_LINES"


@tagged("post_install", "-at_install")
class TestSlices(ThreeSuppliersCommon):
    """Suppliers are read and written by the slice, which changes no figure."""

    def _stored(self, evaluation):
        """Return all that is stored, without what is another one each time."""
        cards = evaluation.scorecard_ids.sorted("id")
        stored = []
        for model, columns in (
            (cards, SCORECARD_COLUMNS),
            (cards.line_ids.sorted("id"), LINE_COLUMNS),
            (cards.dimension_ids.sorted("id"), DIMENSION_COLUMNS),
        ):
            names = [name for name in columns if name not in PARENTS]
            stored.append(
                sorted(
                    str(
                        [
                            getattr(value, "id", value)
                            for value in (record[name] for name in names)
                        ]
                    )
                    for record in model
                )
            )
        return stored

    def test_any_size_gives_the_same(self):
        evaluation = self._evaluate()
        at_once = self._stored(evaluation)
        self.assertEqual(len(at_once[0]), 3)
        for size in (1, 2):
            with self.subTest(size=size), patch(SLICE, size):
                evaluation.action_compute()
                self.assertEqual(self._stored(evaluation), at_once)

    def test_any_number_that_is_kept_gives_the_same(self):
        """Those that are scored a second time are scored as they were."""
        evaluation = self._evaluate()
        all_kept = self._stored(evaluation)
        partners = evaluation.scorecard_ids.sorted("id").mapped("partner_id")
        lines = len(self.template.line_ids)
        for cards in (0, 2):
            evaluation.unlink()
            with self.subTest(cards=cards), patch(KEPT, cards * lines + lines - 1):
                evaluation = self._evaluate()
                cards_now = evaluation.scorecard_ids.sorted("id")
                self.assertEqual(cards_now.mapped("partner_id"), partners)
                self.assertEqual(self._stored(evaluation), all_kept)

    def test_ranks_and_medians_are_of_all(self):
        with patch(SLICE, 1):
            evaluation = self._evaluate()
        cards = evaluation.scorecard_ids
        scores = {
            card: card.score if card.has_score and not card.provisional else None
            for card in cards
        }
        for card, place in rank(scores).items():
            self.assertEqual(card.rank, place)
        for model in (LINE, DIMENSION):
            parts = self.env[model].search([("scorecard_id", "in", cards.ids)])
            self.assertTrue(any(part.peer_median is not False for part in parts))

    def test_answer_that_is_kept(self):
        """It is read to its end, whatever the slice, and is gone afterwards."""
        table = keep_answer(
            self.env, SQL("SELECT number FROM generate_series(1, 7) number")
        )
        query = SQL("SELECT number FROM %s ORDER BY number", table)
        for size, sizes in ((3, [3, 3, 1]), (7, [7]), (8, [7])):
            with patch(SLICE, size):
                slices = list(fetch_slices(self.env, query))
            self.assertEqual([len(rows) for rows in slices], sizes)
            numbers = [number for rows in slices for (number,) in rows]
            self.assertEqual(numbers, list(range(1, 8)))
        drop_answers(self.env, [table])
        self.env.cr.execute("SELECT COUNT(*) FROM pg_cursors WHERE name LIKE 'supp%'")
        self.assertEqual(self.env.cr.fetchone(), (0,))

    def test_nobody_to_evaluate(self):
        self.template.partner_domain = "[('id', '=', 0)]"
        evaluation = self._evaluate()
        self.assertEqual(evaluation.state, "computed")
        self.assertFalse(evaluation.scorecard_ids)
        self.assertIs(evaluation.average_score, False)
