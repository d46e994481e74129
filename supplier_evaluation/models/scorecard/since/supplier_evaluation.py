import hashlib
from datetime import timedelta
from uuid import uuid4

from odoo import api, fields, models
from odoo.tools import SQL

from ....tools.actions import open_records
from ....tools.bulk import bulk_update
from ....tools.numbers import signed
from ....tools.optional_numbers import OptionalFloat
from ....tools.scheduled import Work, run_scheduled
from .rescoring import rescored

# What an evaluation writes itself is no news of its records.
WRITTEN_HERE = {
    "supplier.evaluation",
    "supplier.scorecard",
    "supplier.scorecard.line",
    "supplier.scorecard.dimension",
}
# Of periods that ended longer ago nobody looks for changes.
DAYS_LOOKED_AT = 400
# So many new suppliers are named.
TOLD = 10


class SupplierEvaluation(models.Model):
    """Whether the records behind what is published say something else by now."""

    _inherit = "supplier.evaluation"

    are_sources_kept = fields.Boolean(
        readonly=True,
        copy=False,
        help="Which records it counted is known. It is not of what was published "
        "before that was kept.",
    )
    stale_count = fields.Integer(
        string="Scorecards That Would Differ", readonly=True, copy=False
    )
    added_count = fields.Integer(
        string="Suppliers Without a Scorecard",
        readonly=True,
        copy=False,
        help="Who had no record of the period when it was computed, and have one now: a "
        "revision would score them.",
    )
    stale_difference = OptionalFloat(
        string="Largest Difference",
        readonly=True,
        copy=False,
        digits=(5, 2),
        aggregator=None,
        help="In points of the score, of the scorecard that would change most.",
    )
    is_stale = fields.Boolean(
        string="Records Changed Since", compute="_compute_is_stale", store=True
    )
    date_sources_checked = fields.Datetime(
        string="Records Looked At", readonly=True, copy=False
    )
    sources_mark = fields.Char(readonly=True, copy=False)

    @api.depends("stale_count", "added_count")
    def _compute_is_stale(self):
        for evaluation in self:
            evaluation.is_stale = bool(evaluation.stale_count or evaluation.added_count)

    # ------------------------------------------------------------
    # Kept when it is published
    # ------------------------------------------------------------

    def _publish_instead_of(self, published):
        result = super()._publish_instead_of(published)
        # What is of the past is not revised.
        published._note_stale([])
        self._keep_sources()
        return result

    def action_compute(self):
        """Compute, and note how far the database has written what is read."""
        marks = {
            run: run._mark_of(run.template_id.line_ids.kpi_id.mapped("fact_model"))
            for run in self.sudo()
        }
        result = super().action_compute()
        for run, mark in marks.items():
            run._write_guarded({"sources_mark": mark})
        return result

    def _keep_sources(self):
        """Keep which records it counts, to see later what became of them."""
        keep = self.env["supplier.scorecard.source"]._keep
        scope = self._run_scope()
        mark, sources = self._mark_of_sources(), self._sources_as_computed()
        for kpis in sources:
            keep(self, kpis[0]._source_key(), kpis._counted_query(scope))
        if self.sources_mark != mark:
            # Written between computing and publishing: no record of then is known.
            self._note_stale(rescored(self, sources, self.scorecard_ids))
        self._write_guarded(
            {
                "are_sources_kept": True,
                "date_sources_checked": fields.Datetime.now(),
                "sources_mark": mark,
            }
        )

    def _sources_as_computed(self):
        """Return its KPIs as they were when it was computed, by what they count.

        :return: list of recordsets of virtual KPIs
        """
        self.ensure_one()
        lines = self.scorecard_ids[:1].line_ids
        not_computed = self._not_computed_codes()
        kpis = self.env["supplier.kpi"]
        for line in lines:
            rule = line._rule_as_computed()
            if line.kpi_id.code not in not_computed and rule["fact_model"] in self.env:
                kpi = line._kpi_as_computed()
                kpi.code = line.kpi_id.code
                kpi.unit = rule.get("unit") or line.kpi_id.unit
                # Whose rights they are read with, as when it was computed.
                kpi.definer_id = line.kpi_id.definer_id
                kpis += kpi
        return list(kpis.grouped(lambda kpi: kpi._source_key()).values())

    # ------------------------------------------------------------
    # Looked at again
    # ------------------------------------------------------------

    @api.model
    def _cron_check_sources(self):
        """Look whether what is published would say something else now.

        Where the database has written nothing of what is read, nothing is asked.

        :raises Exception: the error of one that failed, when the others are done
        """
        since = fields.Date.today() - timedelta(days=DAYS_LOOKED_AT)
        due = self.search(
            [
                ("state", "=", "published"),
                ("are_sources_kept", "=", True),
                ("date_to", ">=", since),
            ],
            order="date_sources_checked, id",
        )
        due = due.filtered(lambda run: run.sources_mark != run._mark_of_sources())
        run_scheduled(
            self.env, Work("Sources", due, lambda runs: runs._check_sources())
        )

    def action_check_sources(self):
        """Look at once whether it would say something else now."""
        self.check_access("read")
        self.sudo()._check_sources()
        return True

    def _check_sources(self):
        """Note which scorecards would say something else, and by how much."""
        for evaluation in self:
            if evaluation.state != "published" or not evaluation.are_sources_kept:
                continue
            mark = evaluation._mark_of_sources()
            evaluation._note_stale(*evaluation._find_stale())
            evaluation._write_guarded(
                {
                    "date_sources_checked": fields.Datetime.now(),
                    "sources_mark": mark,
                }
            )

    def _find_stale(self):
        """Return what its scorecards would say that would say something else.

        :return: list of Rescored, and who has no scorecard and would get one
        """
        self.env["supplier.fact.change"]._catch_up()
        sources = self._sources_as_computed()
        scope = self._run_scope()
        kept = self.env["supplier.scorecard.source"]
        cards, unscored = set(), set()
        for kpis in sources:
            changed, without = kept._changed_cards(
                self, kpis[0]._source_key(), kpis._counted_query(scope)
            )
            cards |= changed
            if kpis[0]._enrols():
                unscored |= without
        cards = self.env["supplier.scorecard"].browse(sorted(cards))
        found = rescored(self, sources, cards) if cards else []
        return found, self._would_be_scored(unscored)

    def _would_be_scored(self, unscored):
        """Return who of those without a scorecard has records only since.

        :param set unscored: ids of suppliers
        """
        added = unscored.difference(self.unscored_partner_ids or ())
        if not added:
            return self.env["res.partner"]
        return self.template_id._enrol(added, self.company_id)

    def _note_stale(self, found, added=()):
        """Write what was found, and tell it once.

        :param found: list of Rescored
        :param added: suppliers who have no scorecard and would get one
        """
        cards = self.env["supplier.scorecard"]
        scores = {each.card_id: each.score for each in found}
        before = cards.search(
            [("evaluation_id", "=", self.id), ("is_stale", "=", True)]
        )
        over = [(card_id, False, None) for card_id in set(before.ids) - scores.keys()]
        now = [(card_id, True, score) for card_id, score in scores.items()]
        if over or now:
            columns = {"is_stale": "boolean", "score_now": "numeric"}
            bulk_update(cards, columns, over + now)
        stale = cards.browse(scores)
        largest = max(
            (card.score_difference for card in stale if card.score_difference),
            key=abs,
            default=False,
        )
        vals = {
            "stale_count": len(scores),
            "stale_difference": largest,
            "added_count": len(added),
        }
        if any(self[name] != value for name, value in vals.items()):
            self._write_guarded(vals)
            if self.is_stale:
                self._message_log(body=self._say_stale(added))

    def _say_stale(self, added):
        """Return in words what a revision would change, with up to ten new names."""
        said = self.env._(
            "Records of before the cut-off changed after publishing. Scorecards that "
            "would differ: %(count)s. The largest difference: %(points)s points. It "
            "stays as it is until somebody revises it.",
            count=self.stale_count,
            points=signed(self.env, self.stale_difference or 0.0),
        )
        if not added:
            return said
        names = ", ".join(added[:TOLD].mapped("display_name"))
        return self.env._(
            "%(said)s Suppliers with records now, who have no scorecard: %(count)s "
            "(%(names)s).",
            said=said,
            count=len(added),
            names=names if len(added) <= TOLD else f"{names}, …",
        )

    def _mark_of_sources(self):
        """Return what changes whenever the database writes to what is read."""
        rules = (self.template_snapshot or {}).get("lines", ())
        return self._mark_of([rule["fact_model"] for rule in rules])

    def _mark_of(self, fact_models):
        """Return what changes whenever the database writes to what models read.

        PostgreSQL counts the rows that are written, also by SQL, and those deleted. Of
        ordinary records a domain may follow any relation: then each mark is another.

        :param fact_models: names of models
        """
        tables, is_known = set(), True
        for name in set(fact_models) & set(self.env.registry):
            facts = self.env[name]
            is_known = is_known and self.env["supplier.kpi"]._is_fact(facts)
            models_read = {*(facts._depends or ()), name} - WRITTEN_HERE
            tables.update(
                self.env[model]._table for model in models_read if model in self.env
            )
        if not is_known:
            return f"{uuid4()}"
        rows = self.env.execute_query(
            SQL(
                """
                SELECT relname, n_tup_ins + n_tup_upd + n_tup_del
                  FROM pg_stat_user_tables WHERE relname = ANY(%s)
                 ORDER BY relname
                """,
                sorted(tables),
            )
        )
        return hashlib.sha256(repr(rows).encode()).hexdigest()

    def action_open_stale(self):
        """Open the scorecards that would say something else now."""
        self.ensure_one()
        return open_records(
            self.env,
            "supplier_evaluation.supplier_scorecard_action",
            [("evaluation_id", "=", self.id), ("is_stale", "=", True)],
            name=self.env._("Records changed since: %s", self.name),
        )
