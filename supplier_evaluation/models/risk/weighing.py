"""Which signals of a supplier weigh today, and by how much."""

from odoo import api, models
from odoo.tools import SQL, format_date

from ...tools.wording import label_of
from .kinds import EVENTS, OVER, RANKS, RATING

# What is read of a signal to say it.
SAID = ["date", "kind", "name", "severity", "source", "state"]
# How long what happened on a day, what was looked at, and a rating weighs.
YEAR = SQL("INTERVAL '12 months'")
TWO_YEARS = SQL("INTERVAL '24 months'")


def weighing(cr):
    """Return the SQL of the signals that weigh today, with their rank.

    Rank 1 is low, 4 is critical. What is not confirmed, or met by measures, weighs a
    step less. Of the ratings of a source the last one weighs;
    what is dated ahead is none yet.

    :return: SQL of ``id, company_id, partner_id, rank``
    """
    return SQL(
        """
        SELECT s.id, s.company_id, s.commercial_partner_id AS partner_id,
               GREATEST(1, %(rank)s - CASE WHEN s.state = 'confirmed'
                                           THEN 0 ELSE 1 END) AS rank,
               s.state
          FROM (
               SELECT s.*, today.day,
                      ROW_NUMBER() OVER (
                          PARTITION BY s.company_id, s.commercial_partner_id, s.source,
                                       s.kind
                          ORDER BY s.date DESC, s.id DESC) AS place
                 FROM supplier_risk_signal s
                 JOIN res_company c ON c.id = s.company_id
                 JOIN res_partner company_partner ON company_partner.id = c.partner_id
                CROSS JOIN LATERAL (
                      SELECT (%(now)s AT TIME ZONE 'UTC' AT TIME ZONE
                              COALESCE(company_partner.tz, 'UTC'))::date AS day) today
                WHERE s.state <> 'false_alarm'
                  AND s.date <= today.day) s
         WHERE s.state NOT IN %(over)s
           AND (s.date_end IS NULL OR s.date_end >= s.day)
           AND (s.kind NOT IN %(events)s OR s.date > s.day - %(year)s)
           AND (s.kind <> %(rating)s
                OR (s.place = 1 AND s.date > s.day - %(two_years)s))
        """,
        rank=rank_of(SQL("s.severity")),
        now=cr.now(),
        over=OVER,
        events=EVENTS,
        rating=RATING,
        year=YEAR,
        two_years=TWO_YEARS,
    )


def rank_of(severity):
    """Return the SQL of the rank of a severity."""
    cases = SQL(" ").join(
        SQL("WHEN %s THEN %s", name, rank) for name, rank in RANKS.items()
    )
    return SQL("CASE %s %s END", severity, cases)


class SupplierRiskSignal(models.Model):
    _inherit = "supplier.risk.signal"

    @api.model
    def _weighing(self, partners, company):
        """Return ``{id of a vendor: its signals that weigh today}``, the worst first.

        :param partners: commercial entities
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                "SELECT partner_id, id FROM (%s) w"
                " WHERE company_id = %s AND partner_id = ANY(%s::integer[])"
                " ORDER BY rank DESC, id DESC",
                weighing(self.env.cr),
                company.id,
                partners.ids,
            )
        )
        ids = [signal_id for _partner_id, signal_id in rows]
        readable = self.search([("id", "in", ids)])
        # All at once, for whoever says one after the other.
        readable.fetch(SAID)
        found = {}
        for partner_id, signal_id in rows:
            signal = readable.browse(signal_id)
            if signal in readable:
                found[partner_id] = found.get(partner_id, self.browse()) | signal
        return found

    def _reason(self):
        """Say the signal as a reason: how severe, what, since when, who says so."""
        self.ensure_one()
        names = {
            "severity": label_of(self, "severity"),
            "kind": label_of(self, "kind"),
            "name": self.name,
            "date": format_date(self.env, self.date),
            "origin": self.source,
            "state": label_of(self, "state"),
        }
        if self.state == "confirmed":
            return self.env._(
                "%(severity)s: %(kind)s of %(date)s, “%(name)s” (%(origin)s).", **names
            )
        return self.env._(
            "%(severity)s: %(kind)s of %(date)s, “%(name)s” (%(origin)s; %(state)s).",
            **names,
        )
