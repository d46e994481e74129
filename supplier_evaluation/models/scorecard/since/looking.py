"""One look at the records of an evaluation: a step for each source, and an end."""

from dataclasses import dataclass
from typing import Any

from odoo import fields, models

from .rescoring import rescored


@dataclass(frozen=True)
class Look:
    """One step of looking at an evaluation.

    :param run: the evaluation
    :param str key: of the source that is read; None: what was found is concluded
    """

    run: Any
    key: str | None


class SupplierEvaluation(models.Model):
    """Keeps, or compares, the records of an evaluation, one source after the other.

    What the steps found until then is in ``sources_progress``: how far the database had
    written when the first began, the sources that are done, the scorecards that count
    other records, and the suppliers who have records and no scorecard.
    """

    _inherit = "supplier.evaluation"

    def _sources_left(self, sources=None):
        """Return the keys of the sources to look at still, and at the end None.

        :param dict sources: see ``_sources_as_computed``, if they are known
        """
        self.ensure_one()
        if sources is None:
            sources = self._sources_as_computed()
        done = self._progress()["done"]
        return [*(key for key in sources if key not in done), None]

    def _look_at(self, key, sources=None):
        """Do one step.

        :param str key: of a source, or None
        :param dict sources: see ``_sources_as_computed``, if they are known
        """
        self.ensure_one()
        if self.state != "published":
            return
        if sources is None:
            sources = self._sources_as_computed()
        progress = self._progress()
        if key is None:
            self._conclude(progress, sources)
            return
        if key in sources:
            self._look_at_source(sources[key], progress)
        progress["done"].append(key)
        self._write_guarded({"sources_progress": progress})

    def _progress(self):
        """Return what the steps found until now.

        What was written since the first is seen by the next look: the mark is of then.
        """
        return self.sources_progress or {
            "mark": self._mark_of_sources(),
            "done": [],
            "cards": [],
            "unscored": [],
        }

    def _look_at_source(self, kpis, progress):
        """Keep what a source counts, or compare it with what was kept."""
        self.env["supplier.fact.change"]._catch_up()
        table = self.env["supplier.scorecard.source"]
        key = kpis[0]._source_key()
        counted = kpis._counted_query(self._run_scope())
        cards = set()
        if self.are_sources_due:
            unscored = table._keep(self, key, counted)
        else:
            cards, unscored = table._changed_cards(self, key, counted)
        progress["cards"] = sorted({*progress["cards"], *cards})
        if kpis[0]._enrols():
            progress["unscored"] = sorted({*progress["unscored"], *unscored})

    def _conclude(self, progress, sources):
        """Note what was found, if no source is missing."""
        if sources.keys() - {*progress["done"]}:
            # One failed, and says so. It is tried again.
            return
        cards = self.env["supplier.scorecard"].browse(progress["cards"]).exists()
        if self.are_sources_due and self.sources_mark != progress["mark"]:
            # Written between computing and publishing: no record of then is known.
            cards = self.scorecard_ids
        found = rescored(self, sources.values(), cards) if cards else []
        self._note_stale(found, self._would_be_scored({*progress["unscored"]}))
        self._write_guarded(
            {
                "are_sources_kept": True,
                "are_sources_due": False,
                "date_sources_checked": fields.Datetime.now(),
                "sources_mark": progress["mark"],
                "sources_progress": False,
            }
        )

    def _would_be_scored(self, unscored):
        """Return who of those without a scorecard has records only since.

        :param set unscored: ids of suppliers
        """
        added = unscored.difference(self.unscored_partner_ids or ())
        if not added:
            return self.env["res.partner"]
        return self.template_id._enrol(added, self.company_id)
