from collections import defaultdict

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..scorecard.columns import DIMENSION, LINE
from .scope import BEST_FIRST

# So many periods are in the small curve of a row.
PERIODS = 12
# So many rows are sent at once.
LIMIT = 200
# And never more than these.
MOST = 500
ROW_FIELDS = (
    "id",
    "partner_id",
    "company_id",
    "partner_id.name",
    "score",
    "score_low",
    "score_high",
    "grade_id",
    "provisional",
    "rank",
    "trend",
    "spend",
)
SORTED_BY = {
    "name": "partner_id.name",
    "score": "score",
    "trend": "trend",
    "spend": "spend",
}


class SupplierScorecard(models.Model):
    """Suppliers by dimension or KPI, a page of rows at a time."""

    _inherit = "supplier.scorecard"

    @api.model
    @api.readonly
    def retrieve_heatmap(
        self,
        domain=None,
        period=None,
        template_id=None,
        by="dimension",
        offset=0,
        limit=LIMIT,
        order="rank",
    ):
        """Return rows of the heat map, each with its cells and its last periods.

        :param list domain: which scorecards count; all by default
        :param str period: its key; the newest by default
        :param int template_id: see ``retrieve_overview``
        :param str by: ``dimension`` or ``kpi``: what the columns are
        :param int offset: of the first row, which is 0 at least
        :param int limit: rows at most, from 1 to 500; 200 where it is 0 or nothing
        :param str order: a key of a column, with `` desc`` behind it to begin with the
            highest: ``rank``, ``name``, ``score``, ``trend``, ``spend``, or the key of
            one of the ``columns``. Rows without a value come last.
        :return: ``{"columns": list of {key, label}, "rows": list, "total": number}``;
            a cell is ``[score, id of the part]``
        :raises UserError: there is no such column
        :raises AccessError: the user may not read scorecards
        """
        self.check_access("read")
        choice = self._choose(period, template_id)
        if not choice.runs:
            return {"columns": [], "rows": [], "total": 0}
        model = self.env[LINE if by == "kpi" else DIMENSION]
        rows, total = self._heat_rows(
            choice,
            domain,
            order or "rank",
            max(int(offset or 0), 0),
            min(max(int(limit or LIMIT), 1), MOST),
        )
        cells, columns = self._heat_cells(model, [row["id"] for row in rows])
        curves = self._curves(choice, {row["partner_id"] for row in rows})
        for row in rows:
            row["cells"] = cells[row["id"]]
            row["curve"] = curves(row["partner_id"], row["company_id"])
        self._name_companies(choice, rows)
        return {"columns": columns, "rows": rows, "total": total}

    def _heat_rows(self, choice, domain, order, offset, limit):
        query = self._search(self._scope_domain(choice.runs, domain), order=BEST_FIRST)
        query.order = SQL("%s, %s", self._heat_order(order, query), query.order)
        query.offset = offset
        query.limit = limit
        columns = [self._path_to_sql(name, query) for name in ROW_FIELDS]
        fetched = self.env.execute_query(
            query.select(*columns, SQL("COUNT(*) OVER ()"))
        )
        names = [
            "name" if name == "partner_id.name" else name.replace("score_", "")
            for name in ROW_FIELDS
        ]
        rows = [dict(zip(names, row[:-1], strict=True)) for row in fetched]
        if fetched or not offset:
            return rows, fetched[0][-1] if fetched else 0
        return rows, self.search_count(self._scope_domain(choice.runs, domain))

    def _heat_order(self, order, query):
        """Return by what the rows are sorted; who has no value comes last."""
        key, _space, direction = order.partition(" ")
        way = SQL("DESC NULLS LAST") if direction == "desc" else SQL("ASC NULLS LAST")
        if key == "rank":
            # Each company has a first.
            return SQL(
                "%s, %s %s",
                self._path_to_sql("company_id", query),
                self._path_to_sql("rank", query),
                way,
            )
        if key in SORTED_BY:
            return SQL("%s %s", self._path_to_sql(SORTED_BY[key], query), way)
        kind, _colon, value = key.partition(":")
        if kind == "dimension":
            model, own = self.env[DIMENSION], SQL("part.dimension = %s", value)
        elif kind == "kpi" and value.isdecimal():
            model, own = self.env[LINE], SQL("part.kpi_id = %s", int(value))
        else:
            raise UserError(self.env._("There is no column %s to sort by.", key))
        model.check_access("read")
        return SQL(
            "(SELECT part.score FROM %(parts)s part"
            " WHERE part.scorecard_id = %(card)s AND %(own)s LIMIT 1) %(way)s",
            parts=SQL.identifier(model._table),
            card=SQL.identifier(self._table, "id"),
            own=own,
            way=way,
        )

    def _heat_cells(self, model, card_ids):
        """Return the cells of scorecards, and the columns that they are in.

        :return: ``({scorecard_id: {key: [score, id]}}, list of {key, label})``
        """
        query = model._search([("scorecard_id", "in", card_ids)], order="id")
        by_kpi = model._name == LINE
        names = ("scorecard_id", "id", "score", "kpi_id" if by_kpi else "dimension")
        cells, keys = defaultdict(dict), {}
        rows = self.env.execute_query(
            query.select(*(model._field_to_sql(model._table, n, query) for n in names))
        )
        for card_id, part_id, score, what in rows:
            key = f"kpi:{what}" if by_kpi else f"dimension:{what}"
            cells[card_id][key] = [score, part_id]
            keys[what] = key
        if by_kpi:
            kpis = self.env["supplier.kpi"].browse(keys).sorted()
            columns = [{"key": keys[kpi.id], "label": kpi.name} for kpi in kpis]
        else:
            labels = model._fields["dimension"]._description_selection(self.env)
            columns = [
                {"key": keys[name], "label": label}
                for name, label in labels
                if name in keys
            ]
        return cells, columns

    def _curves(self, choice, partner_ids):
        """Return a function that gives a supplier's last scores, oldest first."""
        runs = choice.last(PERIODS)
        ends = sorted({run.date_to for run in runs})
        end_of = {run.id: run.date_to for run in runs}
        query = self._search(
            [("evaluation_id", "in", runs.ids), ("partner_id", "in", list(partner_ids))]
        )
        names = ("partner_id", "company_id", "evaluation_id", "score")
        scores = defaultdict(dict)
        for partner_id, company_id, run_id, score in self.env.execute_query(
            query.select(*(self._field_to_sql(self._table, n, query) for n in names))
        ):
            scores[partner_id, company_id][end_of[run_id]] = score

        def curve(partner_id, company_id):
            own = scores[partner_id, company_id]
            return [own.get(end) for end in ends]

        return curve

    def _name_companies(self, choice, rows):
        """Tell the company in each row when there are several."""
        companies = {company.id: company.name for company in choice.runs.company_id}
        for row in rows:
            row["company"] = (
                companies[row["company_id"]] if len(companies) > 1 else False
            )
