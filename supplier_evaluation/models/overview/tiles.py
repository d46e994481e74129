from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...scoring.scope import local_midnight
from ..scorecard.res_partner import ON_TIME


class SupplierScorecardLine(models.Model):
    _inherit = "supplier.scorecard.line"

    # One KPI of all suppliers of a period: found without reading their other lines.
    _kpi_period_idx = models.Index("(kpi_id, date_to) WHERE has_value")


class SupplierScorecard(models.Model):
    """The figures on top of the overview, each beside that of the period before."""

    _inherit = "supplier.scorecard"

    @api.model
    def _tiles(self, choice, cards, before, grades, domain):
        """Return the tiles of all suppliers, and of those that the user buys from.

        :param Choice choice: what is looked at
        :param list cards: of the period
        :param list before: of the period before
        :param grades: the grades in use, best first
        :param domain: of scorecards, as a list
        :return: ``{"all": figures, "my": figures}``
        """
        uid = self.env.uid
        rates = self._currency_rates(choice)
        on_time = self._on_time(choice, self._shown(choice, cards, before, domain))
        partners = list({card.partner_id for card in cards}) if domain else None
        incidents = self._count_incidents(choice, partners)
        incomplete = self._count_incomplete(partners)

        def mine(some):
            return [card for card in some if card.buyer_id == uid]

        return {
            name: {
                "evaluated": len(present),
                "evaluated_change": len(present) - len(past) if choice.before else None,
                "grades": _grade_counts(present),
                **_low_spend(present, past, grades, rates),
                **on_time[name],
                **incidents[name],
                **incomplete[name],
                "incident_partner_ids": partners,
            }
            for name, present, past in (
                ("all", cards, before),
                ("my", mine(cards), mine(before)),
            )
        }

    def _shown(self, choice, cards, before, domain):
        """Return the domain of the scorecards of both periods.

        A filter chooses in the present one: the other has the same suppliers.
        """
        if domain:
            return Domain("id", "in", [card.id for card in (*cards, *before)])
        return self._scope_domain(choice.runs | choice.before, domain)

    def _currency_rates(self, choice):
        """Return what amounts of each company are multiplied with, to be added up."""
        return self._rates_of(choice.history.company_id, choice.date_to)

    def _rates_of(self, companies, day):
        """Return ``{company_id: rate}`` into the currency of the present company."""
        own = self.env.company.currency_id
        return {
            company.id: own._get_conversion_rate(
                company.currency_id, own, self.env.company, day
            )
            for company in companies
        }

    def _on_time(self, choice, shown):
        """Return the share of all deliveries that was on time, now and before.

        :param shown: the domain of the scorecards of both periods
        """
        factors = self._delivery_factors(choice)
        sums = {"all": [[0, 0], [0, 0]], "my": [[0, 0], [0, 0]]}
        for is_before, is_mine, run_id, counted, total in self._figure_sums(
            choice, shown, ON_TIME
        ):
            for name in ("all", "my") if is_mine else ("all",):
                pair = sums[name][is_before]
                pair[0] += counted * factors[run_id]
                pair[1] += total * factors[run_id]
        result = {}
        for name, (present, past) in sums.items():
            share, share_before = _share(present), _share(past)
            result[name] = {
                "on_time": share,
                "on_time_change": _change(share, share_before),
            }
        return result

    def _delivery_factors(self, choice):
        """Return ``{evaluation_id: factor}`` that makes deliveries comparable.

        Those weighed by their value are in the currency of their company; the others
        are counted.
        """
        rates = self._currency_rates(choice)
        return {
            run.id: rates[run.company_id.id]
            if run.template_snapshot["weighting"] == "value"
            else 1.0
            for run in choice.runs | choice.before
        }

    def _figure_sums(self, choice, shown, code):
        """Return what was divided to make a KPI of all suppliers.

        :param shown: the domain of the scorecards of both periods
        :param str code: of the KPI
        :return: rows of ``is before, is mine, evaluation_id, numerator, denominator``
        """
        lines = self.env["supplier.scorecard.line"]
        lines.check_access("read")
        kpi = self.env["supplier.kpi"].search([("code", "=", code)])
        cards = self._search(shown)
        buyer = self._field_to_sql(self._table, "buyer_id", cards)
        chosen = cards.select(
            SQL.identifier(self._table, "id"),
            SQL.identifier(self._table, "evaluation_id"),
            SQL(
                "(%s = ANY(%s))::int AS is_before",
                SQL.identifier(self._table, "evaluation_id"),
                choice.before.ids,
            ),
            SQL("COALESCE(%s = %s, FALSE) AS is_mine", buyer, self.env.uid),
        )
        return self.env.execute_query(
            SQL(
                """
                SELECT card.is_before, card.is_mine, card.evaluation_id,
                       SUM(line.numerator)::float8, SUM(line.denominator)::float8
                  FROM (%(cards)s) card
                  JOIN supplier_scorecard_line line ON line.scorecard_id = card.id
                 WHERE line.kpi_id = ANY(%(kpi)s) AND line.has_value
                   AND line.date_to = ANY(%(ends)s::date[])
                 GROUP BY card.is_before, card.is_mine, card.evaluation_id
                """,
                cards=chosen,
                kpi=kpi.ids,
                ends=(choice.runs | choice.before).mapped("date_to"),
            )
        )

    def _count_incidents(self, choice, partners):
        """Count the open incidents, now and when the period before was over.

        :param list partners: ids of whose incidents; all suppliers when None
        """
        then = choice.before[:1].date_to
        rows = self._incident_counts(partners, then)
        mine = [row[1:] for row in rows if row[0]]
        return {
            name: _incident_figures(some, bool(then))
            for name, some in (("all", [row[1:] for row in rows]), ("my", mine))
        }

    def _incident_counts(self, partners, then):
        """Return rows of ``is mine, open, overdue, open at the end of a day``.

        :param then: the day; nothing where there is no period before
        """
        incidents = self.env["supplier.incident"]
        chosen = Domain("state", "!=", "cancelled")
        chosen &= Domain("company_id", "in", self.env.companies.ids)
        if partners is not None:
            chosen &= Domain("commercial_partner_id", "in", partners)
        query = incidents._search(chosen)
        partner, alias = incidents._fields["commercial_partner_id"].join(
            incidents, incidents._table, query
        )
        column = {
            name: SQL.identifier(incidents._table, name)
            for name in (
                "state",
                "date_due",
                "date_opened",
                "date_resolved",
                "company_id",
            )
        }
        buyer = partner._field_to_sql(alias, "buyer_id", query)
        return self.env.execute_query(
            SQL(
                """
                SELECT is_mine, COUNT(*) FILTER (WHERE is_open),
                       COUNT(*) FILTER (WHERE is_open AND is_overdue),
                       COUNT(*) FILTER (WHERE was_open)
                  FROM (%s) incident GROUP BY is_mine
                """,
                query.select(
                    SQL("COALESCE(%s = %s, FALSE) AS is_mine", buyer, self.env.uid),
                    SQL("%s <> 'resolved' AS is_open", column["state"]),
                    SQL(
                        "%s < %s AS is_overdue",
                        column["date_due"],
                        fields.Date.context_today(self),
                    ),
                    SQL(
                        "%(opened)s < %(then)s AND (%(resolved)s IS NULL"
                        " OR %(resolved)s >= %(then)s) AS was_open",
                        opened=column["date_opened"],
                        resolved=column["date_resolved"],
                        then=self._end_of_day(column["company_id"], then),
                    ),
                ),
            )
        )

    def _end_of_day(self, company, day):
        """Return the instant at which a day is over where a company is, as SQL.

        :param SQL company: the column of the company
        :param day: nothing where there is no period before: then no instant, either
        """
        if not day:
            return SQL("NULL::timestamp")
        next_day = day + timedelta(days=1)
        return SQL(
            "CASE %s %s END",
            company,
            SQL(" ").join(
                SQL(
                    "WHEN %s THEN %s::timestamp",
                    each.id,
                    local_midnight(next_day, each.sudo()._supplier_tz()),
                )
                for each in self.env.companies
            ),
        )


def _grade_counts(cards):
    """Return ``{grade_id: number of suppliers}``; keys are text, as JSON has them."""
    counts = {}
    for card in cards:
        if card.grade_id:
            key = str(card.grade_id)
            counts[key] = counts.get(key, 0) + 1
    return counts


def _low_spend(cards, before, grades, rates):
    """Return what was ordered from suppliers with a grade of the lower half."""
    low = set(grades._low_half().ids)

    def shared(some):
        spend = {
            card.id: (card.spend or 0) * rates[card.company_id]
            for card in some
            if card.spend is not None
        }
        bad = sum(spend.get(card.id, 0) for card in some if card.grade_id in low)
        total = sum(spend.values())
        return bad, total, bad / total if total > 0 else None

    bad, total, share = shared(cards)
    return {
        "spend": total,
        "low_spend": bad,
        "low_spend_share": share,
        "low_spend_change": _change(share, shared(before)[2]),
    }


def _incident_figures(rows, has_before):
    counts = [sum(column) for column in zip(*rows, strict=True)] or [0, 0, 0]
    is_open, overdue, was_open = counts
    return {
        "incidents": is_open,
        "incidents_overdue": overdue,
        "incidents_change": is_open - was_open if has_before else None,
    }


def _share(pair):
    return pair[0] / pair[1] if pair[1] else None


def _change(now, before):
    return None if now is None or before is None else now - before
