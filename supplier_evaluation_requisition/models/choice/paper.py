from odoo import models
from odoo.tools import format_datetime

from odoo.addons.supplier_evaluation.tools.wording import label_of

#: So many candidates fit beside each other; the others are named below, as they stand.
MOST = 5


class SupplierChoice(models.Model):
    """The list on paper: what was compared, who was chosen, why, by whom and when."""

    _inherit = "supplier.choice"

    def _paper(self):
        """Return what the page of a list says, as plain texts.

        :return: a dict with ``state``, ``chosen`` (who, empty: nobody), ``decided``,
            ``filled``, ``candidates`` and ``rows`` as in the matrix, of those only
            whose columns fit, ``others`` and ``notes``
        """
        self.ensure_one()
        matrix, candidates = self.matrix, self._by_rank()
        shown = candidates[:MOST]
        if self.candidate_id - shown:
            shown = candidates[: MOST - 1] + self.candidate_id
        columns = [number for number, one in enumerate(candidates) if one in shown]
        rows = [
            {**row, "cells": [row["cells"][number] for number in columns]}
            for row in matrix["rows"]
        ]
        others = candidates - shown
        return {
            "state": label_of(self, "state"),
            "chosen": self.candidate_id.display_name if self.candidate_id else "",
            "decided": self._when(self.date_chosen),
            "filled": self._when(self.date_filled),
            "candidates": [matrix["candidates"][number] for number in columns],
            "rows": rows,
            "total": matrix["total"],
            "others": [other._standing_in_words() for other in others],
            "notes": self._notes_on(rows, shown),
        }

    def _when(self, instant):
        return format_datetime(self.env, instant) if instant else ""

    def _notes_on(self, rows, shown):
        """Return where somebody knew better than the records, and why."""
        return [
            self.env._(
                "%(requirement)s of %(candidate)s, by hand: %(why)s",
                requirement=row["name"],
                candidate=candidate.display_name,
                why=cell["reason"],
            )
            for row in rows
            for candidate, cell in zip(shown, row["cells"], strict=True)
            if cell and cell["is_own"]
        ]
