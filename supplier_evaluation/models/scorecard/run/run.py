import logging

from odoo.tools import SQL

from ....report.price.spend import spend_query
from ....tools.wording import listed
from ..columns import DIMENSION, LINE, SCORECARD
from .previous import COLUMNS, join_previous, previous_cards
from .rows import Known, Rows
from .scoring import TemplateScoring
from .store import store_of
from .survey import Survey

_logger = logging.getLogger(__name__)

# How many lines of scorecards are in memory at most: about half a kilobyte each.
KEPT_LINES = 250_000


class EvaluationRun(TemplateScoring):
    """Measures, scores and stores one evaluation.

    Asks each source once for all suppliers, and lets the database keep the answers.
    These are read a slice of suppliers at a time, to see how all of them are, before
    each is stored beside the others. So many are kept until then as a usual evaluation
    has; of a huge one, the others are read and scored a second time. So the memory that
    it takes does not grow with the suppliers.
    """

    def __init__(self, evaluation):
        super().__init__(evaluation.template_id)
        self.evaluation = evaluation
        self.problems = []
        self.failed = set()
        self.kept = {}

    def execute(self):
        """Run it; return the values to write on the evaluation."""
        scope = self.template._period_scope(
            self.evaluation.company_id,
            self.evaluation.date_from,
            self.evaluation.date_to,
            self.evaluation.cutoff,
        )
        not_computed = []
        self.env["supplier.fact.change"]._catch_up()
        with self.template_lines.kpi_id._measured(scope, not_computed) as measured:
            self._report_kpis(not_computed)
            enrolled = measured.enrolled()
            partner_ids = self.template._enrol(enrolled, self.evaluation.company_id).ids
            survey = self._survey(measured, partner_ids)
            # What is stored is forgotten here, so what is read comes first.
            values = {
                **self._values(survey, scope, not_computed),
                "unscored_partner_ids": sorted(set(enrolled) - set(partner_ids)),
            }
            self._store(measured, partner_ids, survey, scope)
        return values

    def _values(self, survey, scope, not_computed):
        return {
            "template_snapshot": {
                **self.template._snapshot(self.grades),
                "scope": scope.to_context(),
                "not_computed": [
                    kpi.code for kpis, _why in not_computed for kpi in kpis
                ],
            },
            "scorecard_count": survey.count,
            "provisional_count": survey.provisional_count,
            "average_score": survey.average,
            "problems": "\n".join(self.problems) or False,
        }

    # ------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------

    def _report_kpis(self, not_computed):
        for kpis, why in not_computed:
            self.problems.append(
                self.env._(
                    "%(kpis)s not computed: %(why)s",
                    kpis=listed(self.env, kpis.mapped("name")),
                    why=why,
                )
            )

    def _survey(self, measured, partner_ids):
        """Look at every supplier; one that cannot be scored stops no other."""
        survey = Survey([kpi[0] for kpi in self.kpis])
        for suppliers in measured.slices(partner_ids):
            for (partner_id,), measures in suppliers:
                try:
                    scored = self.score(partner_id, measures)
                except (ArithmeticError, ValueError) as error:
                    self._leave_out(partner_id, error)
                else:
                    survey.add(scored)
                    self._keep(scored)
        survey.close()
        return survey

    def _keep(self, scored):
        if (len(self.kept) + 1) * len(self.line_rules) <= KEPT_LINES:
            self.kept[scored.partner_id] = scored

    def _leave_out(self, partner_id, error):
        self.failed.add(partner_id)
        partner = self.env["res.partner"].browse(partner_id)
        _logger.exception(
            "Supplier %s (%s) could not be scored in %s",
            partner.display_name,
            partner_id,
            self.evaluation.name,
        )
        self.problems.append(
            self.env._(
                "%(supplier)s (id %(id)s) could not be scored: %(error)s",
                supplier=partner.display_name,
                id=partner_id,
                error=error,
            )
        )

    # ------------------------------------------------------------
    # Store
    # ------------------------------------------------------------

    def _store(self, measured, partner_ids, survey, scope):
        """Write the scorecards, their lines and their dimensions, slice by slice."""
        rows = Rows(self, survey)
        store = self._open_store()
        spend, previous = measured.keep(
            spend_query(self.env, scope), previous_cards(self.evaluation)
        )
        columns = [
            store.card_id,
            SQL("partner.complete_name"),
            SQL("spend.amount"),
            *COLUMNS,
        ]
        joins = [
            SQL("JOIN res_partner partner ON partner.id = asked.partner_id"),
            SQL("LEFT JOIN %s spend ON spend.partner_id = asked.partner_id", spend),
            join_previous(previous),
            *store.joins,
        ]
        for suppliers in self._scored(measured, partner_ids, columns, joins):
            store.add(SCORECARD, [rows.scorecard(*each) for each in suppliers])
            for name, rows_of in ((LINE, rows.lines), (DIMENSION, rows.dimensions)):
                store.add(name, (row for each in suppliers for row in rows_of(*each)))
        store.close()

    def _scored(self, measured, partner_ids, columns, joins):
        """Yield slices of suppliers, each ``(Scored, Known)``, but those that failed.

        :param columns: SQL of what is known of each, after the id
        :param joins: SQL that joins what the columns are of
        """
        others = [
            partner_id
            for partner_id in partner_ids
            if partner_id not in self.kept and partner_id not in self.failed
        ]
        for suppliers in measured.known(list(self.kept), columns, joins):
            yield [(self.kept[known[0]], Known(*known)) for known in suppliers]
        for suppliers in measured.slices(others, columns, joins):
            yield [
                (self.score(known[0], measures), Known(*known))
                for known, measures in suppliers
            ]

    def _open_store(self):
        """Return how the scorecards are stored, all of which have the same parts."""
        return store_of(
            self.evaluation,
            {
                LINE: ("kpi_id", [kpi_id for _code, kpi_id, *_more in self.kpis]),
                DIMENSION: ("dimension", list(dict.fromkeys(self.dimensions))),
            },
        )
