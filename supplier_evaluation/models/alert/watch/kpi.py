from statistics import median

from odoo import api, fields, models
from odoo.tools import SQL

from ....scoring.scope import local_midnight
from ....tools.numbers import apart, number
from ....tools.wording import label_of
from ..seen import Seen

# Fewer than so many have no median.
PEERS = 3
COMPARISONS = [
    ("below", "Is Below"),
    ("above", "Is Above"),
    ("target", "Misses Its Target, Periods in a Row"),
    ("dropped", "Has Dropped by Points"),
    ("peers", "Is Worse than the Median of Its Peers, by %"),
]


class SupplierAlertRule(models.Model):
    """A score, or the figure of a KPI: published, or of the running period so far."""

    _inherit = "supplier.alert.rule"

    figure = fields.Selection(
        [
            ("score", "The Score"),
            ("dimension", "The Score of a Dimension"),
            ("kpi_score", "The Score of a KPI"),
            ("kpi_value", "The Value of a KPI"),
        ],
        default="score",
        required=True,
    )
    kpi_id = fields.Many2one("supplier.kpi", string="KPI")
    dimension = fields.Selection(lambda self: self.env["supplier.dimension"]._choices())
    template_id = fields.Many2one(
        "supplier.scorecard.template",
        string="Scorecards Of",
        help="Empty: of every template that sets the score of vendors.",
    )
    is_so_far = fields.Boolean(
        string="Also the Running Period",
        help="Of the period that is not over yet, as it is so far.",
    )
    comparison = fields.Selection(COMPARISONS, default="below", required=True)

    @api.constrains("active", "dimension")
    def _check_dimension(self):
        self.env["supplier.dimension"]._check_chosen(self.filtered("active"))

    @api.model
    def _watched_fields(self):
        return [
            *super()._watched_fields(),
            "figure",
            "kpi_id",
            "dimension",
            "comparison",
        ]

    def _problem_kpi(self):
        needs_kpi = self.figure.startswith("kpi")
        if needs_kpi and not self.kpi_id:
            return self.env._("it names no KPI. Choose one.")
        if self.figure == "dimension" and not self.dimension:
            return self.env._("it names no dimension. Choose one.")
        if self.comparison == "target" and self.figure != "kpi_value":
            return self.env._(
                "only the value of a KPI has a target. Choose that, and a KPI."
            )
        return self._threshold_problem(below=self.comparison == "below")

    # ------------------------------------------------------------
    # In words
    # ------------------------------------------------------------

    def _digits(self):
        """Periods are counted; scores and values have a decimal."""
        return 0 if self.comparison == "target" else 1

    def _figure_name(self):
        if self.figure == "score":
            return self.env._("the score")
        if self.figure == "dimension":
            return self.env._("the score of %s", label_of(self, "dimension"))
        if self.figure == "kpi_score":
            return self.env._("the score of %s", self.kpi_id.name)
        return self.kpi_id.name

    def _sentence_kpi(self):
        words = {
            "figure": self._figure_name(),
            "threshold": number(self.env, self.threshold, self._digits()),
        }
        sentence = {
            "below": self.env._(
                "Opens an alert when %(figure)s is below %(threshold)s."
            ),
            "above": self.env._(
                "Opens an alert when %(figure)s is above %(threshold)s."
            ),
            "target": self.env._(
                "Opens an alert when %(figure)s misses its target for %(threshold)s "
                "periods in a row."
            ),
            "dropped": self.env._(
                "Opens an alert when %(figure)s is at least %(threshold)s points lower "
                "than in the period before."
            ),
            "peers": self.env._(
                "Opens an alert when %(figure)s is at least %(threshold)s %% worse "
                "than the median of the others."
            ),
        }[self.comparison]
        return sentence % words

    def _seen_in_words_kpi(self, alert):
        value, threshold = apart(self.env, alert.value, alert.threshold, self._digits())
        words = {
            "figure": self._figure_name(),
            "value": value,
            "threshold": threshold,
        }
        sentence = {
            "below": self.env._("%(figure)s: %(value)s, below %(threshold)s"),
            "above": self.env._("%(figure)s: %(value)s, above %(threshold)s"),
            "target": self.env._("%(figure)s: target missed %(value)s times in a row"),
            "dropped": self.env._("%(figure)s: %(value)s points lower"),
            "peers": self.env._("%(figure)s: %(value)s %% worse than the others"),
        }[self.comparison]
        text = sentence % words
        return f"{text[0].upper()}{text[1:]}"

    # ------------------------------------------------------------
    # What is seen
    # ------------------------------------------------------------

    def _see_kpi(self, companies, now, _since):
        histories = self._histories(companies, now)
        every = self.env["supplier.evaluation"].union(*histories)
        figures = self._figures(every)
        for run in every.filtered(lambda run: run.state == "computed"):
            for row in figures.get(run.id, {}).values():
                row["since"] = local_midnight(
                    run.date_from, run.company_id._supplier_tz()
                )
        self._note_earlier(histories, figures)
        seen = []
        for runs in histories:
            history = [figures.get(run.id, {}) for run in runs]
            seen.extend(getattr(self, f"_compare_{self.comparison}")(history))
            if runs[0].state != "computed":
                seen.extend(self._unproven(history))
        return seen

    def _note_earlier(self, histories, figures):
        """Note which records said it in earlier revisions of the newest period."""
        newest = self.env["supplier.evaluation"].union(*(own[:1] for own in histories))
        revisions = newest._earlier_revisions()
        earlier = self._figures(
            self.env["supplier.evaluation"].union(*revisions.values())
        )
        for run, before in revisions.items():
            for partner, row in figures.get(run.id, {}).items():
                row["earlier"] = tuple(
                    figure["record"]
                    for one in before
                    if (figure := earlier.get(one.id, {}).get(partner))
                )

    def _unproven(self, history):
        """What is provisional now opens no alert, and does not say that one is over."""
        if self.with_provisional:
            return
        judged = 2 if self.comparison == "dropped" else 1
        for figures in history[:judged]:
            for partner, row in figures.items():
                latest = history[0].get(partner)
                if row["provisional"] and latest:
                    unproven = {**latest, "provisional": True}
                    yield self._seen_figure(unproven, latest["value"], opens=False)

    def _histories(self, companies, now):
        """Return the evaluations that are looked at, of each template and company.

        :return: list of evaluations, the newest first: as many as are compared
        """
        runs = self.env["supplier.evaluation"]
        of_template = (
            ("template_id", "=", self.template_id.id)
            if self.template_id
            else ("template_id.sets_vendor_score", "=", True)
        )
        found = runs._published_histories(
            companies, [("date_to", "<=", now.date()), of_template]
        )
        so_far = runs._running(companies) if self.is_so_far else runs
        # A dry run looks back to when that period had not begun.
        running = (
            so_far.filtered_domain([of_template])
            .filtered(lambda run: run.date_from <= run.company_id._supplier_day(now))
            .grouped(lambda run: (run.template_id, run.company_id))
        )
        histories = []
        # Of a template that is new, the running period is all that there is.
        for key in dict.fromkeys((*found, *running)):
            published = found.get(key, runs)[: self._periods()]
            if published:
                histories.append(published)
            if key in running:
                histories.append(running[key] | published)
        return histories

    def _periods(self):
        """Return how many periods are compared."""
        if self.comparison == "target":
            return max(1, int(self.threshold))
        return 2 if self.comparison == "dropped" else 1

    def _figures(self, runs):
        """Return ``{evaluation: {supplier: row}}``; two statements at most.

        A row is a dict of ``card``, ``record`` (of the scorecard or its line),
        ``company``, ``value``, ``target`` and ``provisional``.
        """
        if not runs:
            return {}
        models_read = ("supplier.scorecard", "supplier.scorecard.line")
        for model in (*models_read, "supplier.scorecard.dimension"):
            self.env[model].flush_model()
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT card.evaluation_id AS run,
                       card.partner_id AS partner,
                       card.company_id AS company,
                       card.provisional,
                       %s
                 WHERE card.evaluation_id = ANY(%s)
                """,
                self._figure_sql(),
                list({run.id for run in runs}),
            )
        )
        figures = {}
        for row in rows:
            figures.setdefault(row["run"], {})[row["partner"]] = row
        return figures

    def _figure_sql(self):
        """Return the SQL of what is compared, from a score card on."""
        if self.figure == "score":
            return SQL(
                """
                CASE WHEN card.has_score THEN card.score END AS value,
                NULL AS target,
                card.id AS record
                FROM supplier_scorecard card
                """
            )
        if self.figure == "dimension":
            return SQL(
                """
                CASE WHEN part.has_score THEN part.score END AS value,
                NULL AS target,
                card.id AS record
                FROM supplier_scorecard card
                JOIN supplier_scorecard_dimension part
                  ON part.scorecard_id = card.id AND part.dimension = %s
                """,
                self.dimension,
            )
        column = SQL("value") if self.figure == "kpi_value" else SQL("score")
        return SQL(
            """
            CASE WHEN line.has_value THEN line.%s END AS value,
            line.target_value AS target,
            line.id AS record
            FROM supplier_scorecard card
            JOIN supplier_scorecard_line line
              ON line.scorecard_id = card.id AND line.kpi_id = %s
            """,
            column,
            self.kpi_id.id,
        )

    def _seen_figure(self, row, value, opens):
        is_line = self.figure.startswith("kpi")
        return Seen(
            row["company"],
            row["partner"],
            value=value,
            threshold=self.threshold,
            opens=opens and not (row["provisional"] and not self.with_provisional),
            res_model="supplier.scorecard.line" if is_line else "supplier.scorecard",
            res_ids=(row["record"],),
            provisional=bool(row["provisional"]),
            since=row.get("since"),
            earlier_ids=row.get("earlier", ()),
        )

    def _compare_below(self, history, below=True):
        limit = self._limit(below=below)
        for row in history[0].values():
            opens = limit.opens(row["value"])
            if opens is not None:
                yield self._seen_figure(row, row["value"], opens)

    def _compare_above(self, history):
        return self._compare_below(history, below=False)

    def _compare_dropped(self, history):
        """Compared with the period before; who has a score in one only has no drop."""
        if len(history) < 2:
            return
        limit = self._limit(reaches=True)
        for partner, row in history[0].items():
            before = history[1].get(partner)
            if not before or row["value"] is None or before["value"] is None:
                continue
            if before["provisional"] and not self.with_provisional:
                continue
            # Stored with two decimals; the difference of two floats is not.
            dropped = round(before["value"] - row["value"], 6)
            opens = limit.opens(dropped)
            if opens is not None:
                yield self._seen_figure(row, dropped, opens)

    def _compare_peers(self, history):
        """Compared with the median of those with firm figures in the same period."""
        rows = history[0]
        firm = [
            row["value"]
            for row in rows.values()
            if row["value"] is not None and not row["provisional"]
        ]
        if len(firm) < PEERS:
            return
        middle = median(firm)
        if not middle:
            return  # nothing is some per cent of nothing
        limit = self._limit(reaches=True)
        higher_is_better = self.figure != "kpi_value" or self.kpi_id.higher_is_better
        sign = 1 if higher_is_better else -1
        for row in rows.values():
            if row["value"] is None:
                continue
            worse = round(100 * sign * (middle - row["value"]) / abs(middle), 6)
            opens = limit.opens(worse)
            if opens is not None:
                yield self._seen_figure(row, worse, opens)

    def _compare_target(self, history):
        """Periods in a row, up to the last one; one without data ends the row."""
        wanted = self._periods()
        if len(history) < wanted:
            return
        for partner, row in history[0].items():
            if not self._misses(row):
                continue
            missed = 0
            for figures in history[:wanted]:
                if not self._misses(figures.get(partner)):
                    break
                missed += 1
            # Of one that is open, a missed period keeps it.
            yield self._seen_figure(row, float(missed), missed >= wanted)

    def _misses(self, row):
        if not row or row["value"] is None or row["target"] is None:
            return False
        if row["provisional"] and not self.with_provisional:
            return False
        if self.kpi_id.higher_is_better:
            return row["value"] < row["target"]
        return row["value"] > row["target"]
