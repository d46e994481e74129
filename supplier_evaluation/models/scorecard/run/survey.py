"""What ranks, means and medians need of every supplier, as bare numbers."""

import math
from array import array
from collections import Counter

from ....scoring import Others, rank, ranks_of


def standings(results):
    """Return how the suppliers of an evaluation stand.

    :param results: ``{supplier: (score, provisional)}``; a score of None is none
    :return: ``(ranks, average)``: a rank for each supplier that is ranked, and the
        mean of all scores, provisional ones too; None without any
    """
    ranks = rank(
        {
            supplier: None if provisional else score
            for supplier, (score, provisional) in results.items()
        }
    )
    scores = [score for score, _provisional in results.values() if score is not None]
    return ranks, math.fsum(scores) / len(scores) if scores else None


class Survey:
    """All suppliers, each seen once.

    Scores have two decimals: there are ten thousand of them at most, which are counted.
    What cannot be counted so is the value of a KPI: a number for each supplier.

    :param codes: of the KPIs, in the order of the template's lines
    """

    def __init__(self, codes):
        self._codes = codes
        self._scores = Counter()
        self._ranked = Counter()
        self._line_scores = [Counter() for _code in codes]
        self._values = [array("d") for _code in codes]
        self._dimension_scores = {}
        self.count = 0
        self.provisional_count = 0

    def add(self, scored):
        """Look at a supplier.

        :param Scored scored: what the run made of it
        """
        card = scored.card
        self.count += 1
        self.provisional_count += card.provisional
        if card.score is not None:
            self._scores[card.score] += 1
            if not card.provisional:
                self._ranked[card.score] += 1
        for index, line in enumerate(scored.lines):
            if line.score is not None:
                self._line_scores[index][line.score] += 1
            value = scored.value_of(self._codes[index])
            if value is not None:
                self._values[index].append(value)
        for dimension, composed in scored.dimensions.items():
            scores = self._dimension_scores.setdefault(dimension, Counter())
            if composed.score is not None:
                scores[composed.score] += 1

    def close(self):
        """Sum up, when all have been seen; what is kept of them is forgotten."""
        self._ranks = ranks_of(self._ranked)
        self.line_scores = [Others(each.elements()) for each in self._line_scores]
        self.values = [Others(each) for each in self._values]
        self.dimension_scores = {
            dimension: Others(scores.elements())
            for dimension, scores in self._dimension_scores.items()
        }
        self._line_scores = self._values = self._dimension_scores = None

    @property
    def average(self):
        """The mean of all scores, provisional ones too; None without any."""
        count = self._scores.total()
        return math.fsum(self._scores.elements()) / count if count else None

    def rank_of(self, card):
        """Return the rank of a scorecard, None where it has none."""
        return None if card.provisional else self._ranks.get(card.score)
