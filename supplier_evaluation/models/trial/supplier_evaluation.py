from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ...tools.wording import qualified
from ..scorecard.columns import LINE, SCORECARD

# What can be looked at: it has figures, and nothing newer took its place.
LOOKED_AT = ("computed", "published")
# So many evaluations can be chosen from, the newest first.
CHOICES = 36
CARD_FIELDS = ("id", "partner_id", "score", "grade_id", "rank", "provisional")


class SupplierEvaluation(models.Model):
    """What other weights and scales would make of what was measured.

    The browser asks once, and scores by itself, with the same steps as ``scoring``.
    """

    _inherit = "supplier.evaluation"

    @api.constrains("template_id")
    def _check_no_draft_template(self):
        for evaluation in self:
            if evaluation.template_id.is_draft:
                raise ValidationError(
                    self.env._(
                        "%s is a draft: nothing is evaluated by it. Use the template "
                        "first, or back-test it.",
                        evaluation.template_id.name,
                    )
                )

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_what_if(self):
        """Open the screen on which other weights and scales are tried on it."""
        self.ensure_one()
        return self._open_what_if({"evaluation_id": self.id})

    @api.model
    def _open_what_if(self, params):
        action = self.env["ir.actions.actions"]._for_xml_id(
            "supplier_evaluation.supplier_what_if_action"
        )
        return {**action, "params": params}

    @api.model
    @api.readonly
    def retrieve_what_if(self, evaluation_id=False, template_id=False):
        """Return all that is needed to score an evaluation anew in the browser.

        As many statements for five thousand suppliers as for five. All lists of
        suppliers are in one order, the best rank first.

        :param int evaluation_id: what was measured; the newest one by default
        :param int template_id: whose rules to begin with; by default, those by which
            it was evaluated
        :return: ``{"templates": list, "evaluations": list, "evaluation": dict or False,
            …}``. With an evaluation: ``starts`` (rules to begin with), ``start``,
            ``kpis`` (a rule each, see :meth:`_what_if_kpis`), ``rule``, ``grades``,
            ``cards`` (lists: ``ids``, ``partner_id``, ``names``, ``score``,
            ``grade_id``, ``rank``, ``provisional``) and ``columns``: for each KPI
            ``values`` (None is no data), ``overrides`` (``[place, score]`` each) and
            ``counts`` (records that count, of KPIs about deliveries)
        :raises AccessError: the user may not read scorecards
        """
        self.check_access("read")
        self.env[LINE].check_access("read")
        template = self.env["supplier.scorecard.template"].browse(template_id or [])
        runs = self._what_if_runs()
        run = self._chosen_run(runs, evaluation_id, template.exists())
        templates = runs.template_id.sorted()
        answer = {
            "templates": [
                {
                    "id": each.id,
                    "name": each.name,
                    "evaluation_id": self._chosen_run(runs, False, each).id,
                }
                for each in templates
            ],
            "evaluations": [
                {"id": each.id, "name": each._what_if_label()}
                for each in runs.filtered(
                    lambda each: each.template_id == run.template_id
                )[:CHOICES]
            ],
            "evaluation": False,
        }
        if not run:
            return answer
        start = template.exists() if template_id else template.browse()
        return {**answer, **run._what_if_figures(start)}

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    @api.model
    def _what_if_runs(self):
        return self.search_fetch(
            [("state", "in", LOOKED_AT), ("company_id", "in", self.env.companies.ids)],
            ["template_id", "company_id", "date_from", "date_to", "state"],
            order="date_to desc, state desc, revision desc, id desc",
        )

    def _chosen_run(self, runs, evaluation_id, template):
        """Return what is looked at: what is asked for, or the newest that fits."""
        if evaluation_id:
            asked = self.browse(evaluation_id).exists()
            asked.check_access("read")
            return asked if asked.state in (*LOOKED_AT, "superseded") else self.browse()
        if template:
            base = template._tried_on()
            runs = runs.filtered(lambda each: each.template_id == base)
        runs = runs.filtered(lambda each: each.state == "published") or runs
        return runs.sorted(
            lambda each: (
                -each.date_to.toordinal(),
                not each.template_id.sets_vendor_score,
                each.template_id.sequence,
            )
        )[:1]

    def _what_if_label(self):
        self.ensure_one()
        several = len(self.env.companies) > 1
        label = self.period_label
        if several:
            label = qualified(self.env, (label, self.company_id.name))
        if self.state == "computed":
            label = self.env._("%s (not published)", label)
        return label

    def _what_if_figures(self, start):
        """Return the figures of one evaluation, and the rules to begin with.

        :param start: a template, or none for the rules of the evaluation
        """
        self.ensure_one()
        rule, grades = self._what_if_grading(start)
        kpis = self._what_if_kpis(start)
        cards = self._what_if_cards()
        drafts = self.env["supplier.scorecard.template"].with_context(active_test=False)
        starts = self.template_id | drafts.search(
            [("draft_of_id", "=", self.template_id.id), ("is_draft", "=", True)]
        )
        return {
            "evaluation": {
                "id": self.id,
                "name": self._what_if_label(),
                "template_id": self.template_id.id,
                "template": self._template_name(),
            },
            "starts": [{"id": each.id, "name": each.name} for each in starts | start],
            "start": start.id,
            "kpis": kpis,
            "rule": {
                "coverage_floor": rule.coverage_floor,
                "minimum_lines": rule.minimum_lines,
                "cap": rule.cap,
            },
            "grades": [
                {
                    "id": grade.id,
                    "name": grade.name,
                    "color": grade.color,
                    "min_score": minimum,
                }
                for grade, minimum in zip(grades, rule.thresholds, strict=True)
            ],
            "cards": cards,
            "columns": self._what_if_columns(kpis, cards["ids"]),
            "can_save": self.env["supplier.scorecard.template"].has_access("create"),
        }

    def _what_if_kpis(self, start):
        """Return the rule of each KPI: what it weighs, and what its values are worth.

        :return: list of ``{id, name, dimension, unit, higher_is_better, is_delivery,
            weight, mode, points, minimum}``; ``points`` by rising value
        """
        kpis = self.env["supplier.kpi"].with_context(active_test=False)
        if start:
            rules = [
                (
                    line.kpi_id,
                    line.weight,
                    line.scale_mode,
                    line._points(),
                    line.minimum_score if line.has_gate else None,
                )
                for line in start.line_ids
            ]
        else:
            lines = (self.template_snapshot or {}).get("lines", [])
            by_code = {
                kpi.code: kpi
                for kpi in kpis.search([("code", "in", [one["kpi"] for one in lines])])
            }
            rules = [
                (
                    by_code[one["kpi"]],
                    one["weight"],
                    one["scale"],
                    one["points"],
                    one["minimum"],
                )
                for one in lines
                if one["kpi"] in by_code
            ]
        labels = dict(kpis._fields["dimension"]._description_selection(self.env))
        return [
            {
                "id": kpi.id,
                "name": kpi.name,
                "dimension": labels[kpi.dimension],
                "unit": kpi._unit_label(),
                "higher_is_better": kpi.higher_is_better,
                "is_delivery": kpi._counts_deliveries(),
                "weight": weight,
                "mode": mode,
                "points": [list(point) for point in points],
                "minimum": minimum,
            }
            for kpi, weight, mode, points, minimum in rules
        ]

    def _what_if_grading(self, start):
        """Return what makes a score a grade, and the grades, best first.

        Without a start, as they were when this was evaluated: what somebody changed
        since is no consequence of other weights.
        """
        if not start and self.template_snapshot:
            return self._grading_as_computed()
        grades = self.env["supplier.grade"]._best_first()
        return (start or self.template_id)._scorecard_rule(grades), grades

    def _what_if_cards(self):
        """Return the scorecards of the evaluation that the user may read, as lists."""
        cards = self.env[SCORECARD]
        query = cards._search(
            [("evaluation_id", "=", self.id)],
            order="rank NULLS LAST, score desc NULLS LAST, id",
        )
        partner, alias = cards._fields["partner_id"].join(cards, cards._table, query)
        columns = [
            cards._field_to_sql(cards._table, name, query) for name in CARD_FIELDS
        ]
        name = partner._field_to_sql(alias, "name", query)
        rows = self.env.execute_query(query.select(*columns, name))
        lists = [list(column) for column in zip(*rows, strict=True)]
        lists = lists or [[] for _name in (*CARD_FIELDS, "names")]
        keys = ("ids", *CARD_FIELDS[1:], "names")
        answer = dict(zip(keys, lists, strict=True))
        answer["score"] = [
            None if score is None else float(score) for score in answer["score"]
        ]
        return answer

    def _what_if_columns(self, kpis, card_ids):
        """Return what was measured of each KPI, by the place of the scorecard.

        :param kpis: rules, see :meth:`_what_if_kpis`
        :param list card_ids: the scorecards in their order
        """
        lines = self.env[LINE]
        query = lines._search([("scorecard_id.evaluation_id", "=", self.id)])
        query.order = None
        query.groupby = SQL.identifier(lines._table, "kpi_id")
        table = SQL.identifier(lines._table)
        rows = self.env.execute_query(
            query.select(
                SQL("%s.kpi_id", table),
                SQL("array_agg(%s.scorecard_id)", table),
                SQL(
                    "array_agg(CASE WHEN %s.has_value THEN %s.value::float8 END)",
                    table,
                    table,
                ),
                SQL(
                    "array_agg(CASE WHEN %s.is_overridden"
                    " THEN %s.override_score::float8 END)",
                    table,
                    table,
                ),
                SQL("array_agg(%s.n)", table),
            )
        )
        measured = {kpi_id: arrays for kpi_id, *arrays in rows}
        places = {card_id: place for place, card_id in enumerate(card_ids)}
        return [_column(kpi, measured.get(kpi["id"]), places) for kpi in kpis]


def _column(kpi, measured, places):
    """Return what was measured of a KPI; nothing of one that was not evaluated."""
    values, overrides, counts = [None] * len(places), [], [0] * len(places)
    for card_id, value, override, count in zip(*(measured or ()), strict=True):
        place = places.get(card_id)
        if place is None:
            continue  # read a moment later
        values[place] = value
        counts[place] = count
        if override is not None:
            overrides.append([place, override])
    return {
        "values": values,
        "overrides": overrides,
        "counts": counts if kpi["is_delivery"] else None,
    }
