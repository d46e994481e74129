from odoo import api, fields, models
from odoo.tools import SQL

from ....tools.numbers import number
from ..seen import Seen

SILENCES = [
    ("evaluation", "No Published Scorecard"),
    ("order", "No Confirmed Order"),
    ("message", "No Message on Its Orders"),
]
# Who was bought from so many days ago, or later, is somebody's supplier.
SUPPLIER_DAYS = 730


class SupplierAlertRule(models.Model):
    """Nothing since: a supplier of whom nothing was heard for so many days."""

    _inherit = "supplier.alert.rule"

    silence = fields.Selection(SILENCES, default="evaluation", required=True)

    @api.model
    def _watched_fields(self):
        return [*super()._watched_fields(), "silence"]

    def _problem_silence(self):
        return self._threshold_problem()

    def _sentence_silence(self):
        days = number(self.env, self.threshold, 0)
        if self.silence == "evaluation":
            return self.env._(
                "Opens an alert when a supplier has had no published scorecard for "
                "%s days.",
                days,
            )
        if self.silence == "order":
            return self.env._(
                "Opens an alert when nothing was ordered from a supplier for %s days.",
                days,
            )
        return self.env._(
            "Opens an alert when there was no message on the orders of a supplier for "
            "%s days.",
            days,
        )

    def _seen_in_words_silence(self, alert):
        return self.env._("For %s days", int(alert.value))

    def _see_silence(self, companies, now, _since):
        """One statement for all suppliers from whom something was bought lately.

        Who never had any is silent since its first order. From a vendor in the archive
        nothing is expected.
        """
        for model in ("purchase.order", "supplier.scorecard", "res.partner"):
            self.env[model].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                WITH bought AS (
                    SELECT o.company_id, p.commercial_partner_id AS partner_id,
                           MIN(o.date_approve) AS first, MAX(o.date_approve) AS last
                      FROM purchase_order o
                      JOIN res_partner p ON p.id = o.partner_id
                      JOIN res_partner vendor ON vendor.id = p.commercial_partner_id
                     WHERE o.state = 'purchase'
                       AND vendor.active
                       AND o.company_id = ANY(%(companies)s)
                       AND o.date_approve <= %(now)s
                     GROUP BY 1, 2
                    HAVING MAX(o.date_approve)
                           > %(now)s::timestamp - %(lately)s * INTERVAL '1 day'
                ), heard AS (%(heard)s)
                SELECT bought.company_id, bought.partner_id,
                       EXTRACT(EPOCH FROM %(now)s::timestamp
                               - COALESCE(heard.last, bought.first)) / 86400
                  FROM bought
                  LEFT JOIN heard USING (company_id, partner_id)
                """,
                companies=companies.ids,
                now=now,
                lately=SUPPLIER_DAYS,
                heard=getattr(self, f"_heard_{self.silence}")(companies, now),
            )
        )
        limit = self._limit()
        found = []
        for company_id, partner_id, days in rows:
            whole = float(int(days))
            opens = limit.opens(whole)
            if opens is not None:
                found.append(
                    Seen(
                        company_id,
                        partner_id,
                        value=whole,
                        threshold=self.threshold,
                        opens=opens,
                        res_model="res.partner",
                        res_ids=(partner_id,),
                    )
                )
        return found

    def _heard_evaluation(self, companies, now):
        return SQL(
            """
            SELECT company_id, partner_id, MAX(date_to)::timestamp AS last
              FROM supplier_scorecard
             WHERE state = 'published'
               AND company_id = ANY(%s)
               AND date_to <= %s
             GROUP BY 1, 2
            """,
            companies.ids,
            now.date(),
        )

    def _heard_order(self, _companies, _now):
        return SQL("SELECT company_id, partner_id, last FROM bought")

    def _heard_message(self, companies, now):
        return SQL(
            """
            SELECT o.company_id, p.commercial_partner_id AS partner_id,
                   MAX(m.date) AS last
              FROM mail_message m
              JOIN purchase_order o ON o.id = m.res_id
              JOIN res_partner p ON p.id = o.partner_id
             WHERE m.model = 'purchase.order'
               AND m.message_type IN ('comment', 'email', 'email_outgoing')
               AND o.company_id = ANY(%s)
               AND m.date <= %s
             GROUP BY 1, 2
            """,
            companies.ids,
            now,
        )
