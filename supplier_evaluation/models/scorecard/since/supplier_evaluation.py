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
from ....tools.wording import listed
from .looking import Look

# What an evaluation writes itself is no news of its records.
WRITTEN_HERE = {
    "supplier.evaluation",
    "supplier.scorecard",
    "supplier.scorecard.line",
    "supplier.scorecard.dimension",
}
# Of periods that ended longer ago nobody looks for changes.
DAYS_LOOKED_AT = 400
CRON = "supplier_evaluation.ir_cron_supplier_evaluation_sources"
# Of more scorecards, or order lines, the records are kept after publishing.
FEW_CARDS, FEW_LINES = 500, 20_000
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
        help="Who had no record of the period when it was computed, and have one now: "
        "a revision would score them.",
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
    are_sources_due = fields.Boolean(
        string="Records Being Kept",
        readonly=True,
        copy=False,
        help="It is published, and which records it counted is being written down.",
    )
    sources_progress = fields.Json(
        string="Records Looked At So Far", readonly=True, copy=False
    )

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
        self._write_guarded({"are_sources_due": True})
        if self._are_sources_few():
            self._check_sources()
        else:
            self.env.ref(CRON).sudo()._trigger()
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

    def _are_sources_few(self):
        """Whether publishing need not wait for a scheduled action to read them."""
        [(cards, lines)] = self.env["supplier.scorecard"]._read_group(
            [("evaluation_id", "in", self.ids)],
            aggregates=["__count", "delivery_lines:sum"],
        )
        return cards <= FEW_CARDS and (lines or 0) <= FEW_LINES

    def _sources_as_computed(self):
        """Return its KPIs as they were when it was computed, by what they count.

        :return: ``{key of a source: virtual KPIs}``
        """
        self.ensure_one()
        lines = self.scorecard_ids[:1].line_ids
        not_computed = self._not_computed_codes()
        rules = self._rules_as_computed() if lines else {}
        kpis = self.env["supplier.kpi"]
        for line in lines:
            rule = rules[line.kpi_id.code]
            if line.kpi_id.code not in not_computed and rule["fact_model"] in self.env:
                kpi = line._kpi_of_rule(rule)
                kpi.code = line.kpi_id.code
                kpi.unit = rule.get("unit") or line.kpi_id.unit
                # Whose rights they are read with, as when it was computed.
                kpi.definer_id = line.kpi_id.definer_id
                kpis += kpi
        return kpis.grouped(lambda kpi: kpi._source_key())

    # ------------------------------------------------------------
    # Looked at again
    # ------------------------------------------------------------

    @api.model
    def _cron_check_sources(self):
        """Look whether what is published would say something else now.

        Where the database has written nothing of what is read, nothing is asked. Each
        source is a transaction of its own: of a large evaluation they take minutes.

        :raises Exception: the error of one that failed, when the others are done
        """
        since = fields.Date.today() - timedelta(days=DAYS_LOOKED_AT)
        due = self.search(
            [
                ("state", "=", "published"),
                "|",
                ("are_sources_due", "=", True),
                "&",
                ("are_sources_kept", "=", True),
                ("date_to", ">=", since),
            ],
            order="are_sources_due desc, date_sources_checked, id",
        )
        looks = [
            Look(run, key)
            for run in due
            if run.are_sources_due or run.sources_mark != run._mark_of_sources()
            for key in run._sources_left()
        ]
        run_scheduled(
            self.env,
            Work(
                "Sources",
                looks,
                lambda batch: [look.run._look_at(look.key) for look in batch],
                describe=lambda look: f"{look.run.display_name} {look.key}",
            ),
        )

    def action_check_sources(self):
        """Look whether it would say something else now: soon, if it is large.

        :return: True, or the action that says that it takes a while
        """
        self.check_access("read")
        known = self.sudo()._with_known_sources()
        if known._are_sources_few():
            known._check_sources()
            return True
        known._write_guarded({"sources_mark": False})
        self.env.ref(CRON).sudo()._trigger()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": self.env._(
                    "Its records are being looked at. What changed is shown here in a "
                    "few minutes."
                ),
            },
        }

    def _check_sources(self):
        """Note which scorecards would say something else, and by how much."""
        for evaluation in self._with_known_sources():
            if evaluation.are_sources_kept:
                evaluation._write_guarded({"sources_progress": False})
            sources = evaluation._sources_as_computed()
            for key in evaluation._sources_left(sources):
                evaluation._look_at(key, sources)

    def _with_known_sources(self):
        """Return those published of which what they counted is, or will be, known."""
        return self.filtered(
            lambda run: (
                run.state == "published"
                and (run.are_sources_kept or run.are_sources_due)
            )
        )

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
                [own] = self.env["res.company"]._in_company_language(self)
                self._message_log(body=own._say_stale(added))

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
        names = listed(self.env, added[:TOLD].mapped("display_name"))
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
