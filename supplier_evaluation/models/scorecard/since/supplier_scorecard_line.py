from dataclasses import dataclass, replace

from odoo import models

from ....tools.wording import labelled
from ..supplier_evaluation import SEALED

ADDED, MOVED, GONE = "added", "moved", "gone"


@dataclass(frozen=True)
class Since:
    """Records that a published figure would count otherwise now, by their ids."""

    added: list
    moved: list
    gone: list

    def __bool__(self):
        return bool(self.added or self.moved or self.gone)


class SupplierScorecardLine(models.Model):
    """Which records were added, changed or went since a figure was published."""

    _inherit = "supplier.scorecard.line"

    def _since_published(self, kpi):
        """Return which records the figure would count otherwise now.

        :param kpi: as it was when the evaluation was computed
        :return: Since, or None where it is not known what was counted
        """
        self.ensure_one()
        if self.state not in SEALED:
            return None
        kept = self.env["supplier.scorecard.source"].sudo()
        before = kept._kept(self.scorecard_id.sudo(), kpi._source_key())
        if before is None:
            return None
        now = self._counted_now(kpi)
        if now is None:
            return None
        before, now = self._as_found_by_reader(kpi, before, now)
        return Since(
            added=sorted(now.keys() - before.keys()),
            moved=sorted(key for key in now if before.get(key, now[key]) != now[key]),
            gone=sorted(before.keys() - now.keys()),
        )

    def _counted_now(self, kpi):
        """Return ``{record id: digest}`` of what the figure would count now.

        :return: None where it could not be computed
        """
        sources = self.evaluation_id.sudo()._sources_as_computed()
        kpis = sources.get(kpi._source_key())
        if not kpis:
            return None
        only = kpis[0]._supplier_domain(self.partner_id)
        query = kpis._counted_query(self._figure_scope(), only)
        for _partner, ids, digests, _checksum in self.env.execute_query(query):
            return dict(zip(ids, digests, strict=True))
        return {}

    def _as_found_by_reader(self, kpi, before, now):
        """Take away what the reader may not see, of records of any model.

        Of facts, who may read a scorecard reads all of its company.
        """
        if kpi._has_facts():
            return before, now
        records = self.env[kpi.fact_model].with_context(active_test=False)
        ids = [*before, *(key for key in now if key not in before)]
        hidden = set(records.sudo().search([("id", "in", ids)]).ids)
        hidden -= set(records.search([("id", "in", ids)]).ids)
        return tuple(
            {key: digest for key, digest in counted.items() if key not in hidden}
            for counted in (before, now)
        )

    def _name_since(self, kpi, since, limit):
        """Return the records that changed, in words, and why some no longer count.

        :param Since since: what changed
        :param int limit: of how many of a kind it is said
        :return: list of ``{"kind", "name", "why", "id", "model"}``
        """
        named = []
        for kind in (ADDED, MOVED, GONE):
            ids = getattr(since, kind)[:limit]
            found = self._find_since(kpi, kind, ids)
            for record_id in ids:
                named.append({"kind": kind, **found.get(record_id, self._unknown())})
        return named

    def _unknown(self):
        why = self.env._("deleted, or of another supplier or company now")
        return {"name": "", "why": why, "id": False, "model": False}

    def _find_since(self, kpi, kind, ids):
        """Return ``{record id: {"name", "why", "id", "model"}}``."""
        if not ids:
            return {}
        records = self.env[kpi.fact_model]
        if not kpi._has_facts():
            return {
                record.id: {
                    "name": record.display_name,
                    "why": "",
                    "id": record.id,
                    "model": record._name,
                }
                for record in records.search([("id", "in", ids)])
            }
        scope = replace(
            self._figure_scope(), aspect=kpi.aspect or "", with_excluded=kind == GONE
        )
        records = records._with_fact_scope(scope)
        domain = [("id", "in", ids), ("partner_id", "=", self.partner_id.id)]
        return {
            fact.id: {
                "name": fact.name or "",
                "why": self._why_gone(fact),
                "id": fact.res_id,
                "model": fact.res_model,
            }
            for fact in records.search(domain)
        }

    def _why_gone(self, fact):
        if not fact.exclusion:
            return ""
        field = fact._fields["exclusion"]
        label = dict(field._description_selection(self.env))[fact.exclusion]
        if not fact.exclusion_reason:
            return label
        return labelled(self.env, label, fact.exclusion_reason)
