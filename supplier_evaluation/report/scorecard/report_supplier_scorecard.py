from odoo import api, models
from odoo.tools import format_datetime

from ...tools.numbers import number
from ...tools.wording import label_of
from ..base.qr import qr_image
from .drawing import colour_of, score_bar

NOTHING = "–"


class ReportSupplierScorecard(models.AbstractModel):
    """A scorecard on one page of paper."""

    _name = "report.supplier_evaluation.supplier_scorecard"
    _description = "Scorecard on Paper"

    @api.model
    def _get_report_values(self, docids, data=None):
        docs = self.env["supplier.scorecard"].browse(docids)
        return {
            "doc_ids": docids,
            "docs": docs,
            "pages": self._pages(docs),
            "qr_code": qr_image,
        }

    @api.model
    def _pages(self, docs):
        """Return what is on each page, in words and pictures, by scorecard."""
        ranges = docs._rank_ranges()
        grades = self.env["supplier.grade"]._best_first()
        return {doc.id: self._page(doc, ranges.get(doc.id), grades) for doc in docs}

    def _page(self, doc, rank_range, grades):
        return {
            "score": self._number(doc.score),
            "colour": colour_of(doc.grade_id),
            "standing": self._standing(doc, rank_range),
            "findings": self._findings(doc),
            "dimensions": [self._dimension(row, grades) for row in doc.dimension_ids],
            "lines": [self._line(line) for line in _costliest_first(doc.line_ids)],
            "certainty": self._certainty(doc),
            "basis": self._basis(doc),
            "proof": self.env._(
                "Proof against changes, number %(number)s: %(seal)s",
                number=doc.seal_number,
                seal=doc.seal,
            ),
        }

    # ------------------------------------------------------------
    # Sentences
    # ------------------------------------------------------------

    def _standing(self, doc, rank_range):
        """Say where the supplier stands, and between which places it may really be."""
        if not doc.has_score:
            return self.env._("There are no data to score.")
        if not doc.rank:
            return self.env._("Provisional, not ranked: there are too few data.")
        first, last = rank_range
        if first == last:
            return self.env._(
                "Rank %(rank)s of %(count)s", rank=doc.rank, count=doc.ranked_count
            )
        return self.env._(
            "Rank %(rank)s of %(count)s (possible: %(first)s to %(last)s)",
            rank=doc.rank,
            count=doc.ranked_count,
            first=first,
            last=last,
        )

    def _findings(self, doc):
        """Return sentences that say why; the room that makes them adds them."""
        return []

    def _certainty(self, doc):
        """Say how sure the score is, and how much is bought there."""
        spend = doc._spend_text() or NOTHING
        if not doc.has_score:
            return self.env._("Spend of the period: %(spend)s", spend=spend)
        return self.env._(
            "The score is between %(low)s and %(high)s with 95 %% confidence. There "
            "are data for %(coverage)s %% of the weight. Spend of the period: "
            "%(spend)s",
            low=self._number(doc.score_low),
            high=self._number(doc.score_high),
            coverage=self._number(doc.coverage, 0),
            spend=spend,
        )

    def _basis(self, doc):
        """Say what was looked at."""
        return self.env._(
            "Data until %(cutoff)s, revision %(revision)s",
            cutoff=format_datetime(
                self.env, doc.cutoff, tz=doc.company_id._supplier_tz()
            ),
            revision=doc.evaluation_id.revision,
        )

    # ------------------------------------------------------------
    # Rows
    # ------------------------------------------------------------

    def _dimension(self, row, grades):
        label = label_of(row, "dimension")
        known = row.has_score
        reached = grades.filtered(lambda grade: known and grade.min_score <= row.score)
        return {
            "label": label,
            "bar": score_bar(
                row.score if known else None,
                _or_none(row.score_low) if known else None,
                _or_none(row.score_high) if known else None,
                _or_none(row.peer_median),
                _or_none(row.previous_score),
                colour_of(reached[:1]),
            ),
            "words": self._dimension_in_words(row, label),
            "score": self._number(row.score) if known else NOTHING,
            "weight": self.env._(
                "%(weight)s %% of the weight", weight=self._number(row.weight, 0)
            ),
        }

    def _dimension_in_words(self, row, label):
        if not row.has_score:
            return self.env._("%(dimension)s: no data", dimension=label)
        return self.env._(
            "%(dimension)s: %(score)s of 100, the others %(peers)s, before "
            "%(previous)s",
            dimension=label,
            score=self._number(row.score),
            peers=self._number(row.peer_median),
            previous=self._number(row.previous_score),
        )

    def _line(self, line):
        return {
            "name": line.kpi_id.name,
            "measured": line.value_text,
            "target": line.kpi_id._with_unit(line.target_value) or NOTHING,
            "others": line.kpi_id._with_unit(line.peer_value) or NOTHING,
            "score": self._number(line.score),
            "weight": f"{self._number(line.effective_weight)} %",
            "points": self._number(line.contribution),
            "records": str(line.n),
        }

    def _number(self, value, digits=1):
        """A number in the reader's language; one that is not known is a dash."""
        if value is False or value is None:
            return NOTHING
        return number(self.env, value, digits)


def _costliest_first(lines):
    return lines.sorted(lambda line: -(line.loss or 0.0))


def _or_none(value):
    return None if value is False else value
