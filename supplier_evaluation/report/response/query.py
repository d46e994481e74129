"""The SQL of the correspondence facts: when we asked, and when the supplier answered.

An exchange begins with our first message after the supplier's last word; further
messages of ours before an answer are reminders of it, not new questions: who reminds
does not make the supplier look quicker.
"""

from odoo import SUPERUSER_ID
from odoo.tools import SQL

from ..fact.query import WITHOUT_PRODUCT, FactQuery, company_of, fact_columns
from ..incident.query import INCIDENT_EXCLUSION

# Kinds of messages that people write; the others are made by the system.
WRITTEN = ("comment", "email", "email_outgoing")
# What a figure needs, by the name of its aspect.
NEEDS = {"answered": SQL("e.answered")}
# The documents on which a supplier is written to.
ORDERS, INCIDENTS = "purchase.order", "supplier.incident"


class ResponseQuery(FactQuery):
    """Builds the query of ``supplier.response.fact``."""

    def sql(self):
        """Return the whole query, one row per exchange that we began."""
        return SQL(
            """
            SELECT %(columns)s,
                   e.order_id, e.incident_id, e.author_id, e.asked, e.answered,
                   EXTRACT(EPOCH FROM e.answered - e.asked)::float8 / 3600
                       AS response_hours,
                   CASE WHEN e.answered <= e.deadline THEN 1.0 ELSE 0.0 END AS in_time
              FROM (
                   SELECT m.*, m.date AS asked,
                          m.date + %(hours)s * INTERVAL '1 hour' AS deadline
                     FROM (%(exchanges)s) m
                    WHERE m.is_question
                      AND m.follows_question IS NOT TRUE
                      AND %(in_period)s
                   ) e
            """,
            columns=fact_columns(
                SQL("e"),
                **WITHOUT_PRODUCT,
                res_model=SQL("e.model"),
                date=SQL("e.day"),
                exclusion=self._needing(SQL("e.exclusion"), NEEDS),
                exclusion_reason=SQL("e.reason"),
            ),
            hours=self.scope.response_hours,
            exchanges=self._exchanges(),
            in_period=self._in_period(SQL("m.date"), SQL("m.company_id")),
        )

    def _exchanges(self):
        """Our messages and the supplier's, each with what came before and after."""
        return SQL(
            """
            SELECT m.*,
                   LAG(m.is_question) OVER thread AS follows_question,
                   MIN(m.date) FILTER (WHERE NOT m.is_question) OVER (
                       PARTITION BY m.model, m.res_id ORDER BY m.date, m.id
                       ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS answered
              FROM (%(orders)s UNION ALL %(incidents)s) m
             WHERE m.is_question IS NOT NULL
            WINDOW thread AS (PARTITION BY m.model, m.res_id ORDER BY m.date, m.id)
            """,
            orders=self._messages(
                ORDERS,
                SQL(
                    """
                    SELECT o.id, o.name, o.id AS order_id, NULL::integer AS incident_id,
                           p.commercial_partner_id AS partner_id, o.company_id,
                           NULL::varchar AS exclusion, NULL::varchar AS reason
                      FROM purchase_order o
                      JOIN res_partner p ON p.id = o.partner_id
                    """
                ),
            ),
            incidents=self._messages(
                INCIDENTS,
                SQL(
                    """
                    SELECT i.id, i.name, i.order_id, i.id AS incident_id,
                           i.commercial_partner_id AS partner_id, i.company_id,
                           %s AS exclusion, i.supplier_exclusion_reason AS reason
                      FROM supplier_incident i
                     WHERE i.commercial_partner_id IS NOT NULL
                    """,
                    INCIDENT_EXCLUSION,
                ),
            ),
        )

    def _messages(self, model, documents):
        """Messages between us and the supplier on one kind of document.

        Ours is written by an employee and reaches the supplier or a contact of it; an
        answer is written by one of them. Notes stay among us.
        """
        return SQL(
            """
            SELECT m.id, m.model, m.res_id, m.date, m.author_id, document.name,
                   document.order_id, document.incident_id, document.partner_id,
                   document.company_id, document.exclusion, document.reason,
                   %(day)s AS day,
                   CASE WHEN author.commercial_partner_id = document.partner_id
                             THEN FALSE
                        WHEN m.author_id IN (SELECT partner_id FROM res_users
                                              WHERE share IS NOT TRUE AND id <> %(bot)s)
                             AND %(reaches)s THEN TRUE END AS is_question
              FROM mail_message m
              JOIN (%(documents)s) document ON document.id = m.res_id
              JOIN res_partner author ON author.id = m.author_id
              %(company)s
             WHERE m.model = %(model)s
               AND m.message_type IN %(written)s
               AND m.is_internal IS NOT TRUE
               AND m.subtype_id IN (SELECT id FROM mail_message_subtype
                                     WHERE internal IS NOT TRUE)
               AND m.date <= %(cutoff)s
               AND m.res_id IN (
                   SELECT m.res_id FROM mail_message m
                    WHERE m.model = %(model)s
                      AND m.message_type IN %(written)s
                      AND %(asked)s)
            """,
            day=self._local_day(SQL("m.date")),
            bot=SUPERUSER_ID,
            reaches=self._reaches_supplier(),
            documents=documents,
            company=company_of(SQL("document.company_id")),
            model=model,
            written=WRITTEN,
            cutoff=self.cutoff,
            asked=self._asked(),
        )

    def _reaches_supplier(self):
        """A message goes to whom it is addressed, and to followers that it notifies."""
        return SQL(
            """
            (EXISTS (SELECT 1 FROM mail_message_res_partner_rel r
                       JOIN res_partner to_whom ON to_whom.id = r.res_partner_id
                      WHERE r.mail_message_id = m.id
                        AND to_whom.commercial_partner_id = document.partner_id)
             OR EXISTS (SELECT 1 FROM mail_notification n
                          JOIN res_partner to_whom ON to_whom.id = n.res_partner_id
                         WHERE n.mail_message_id = m.id
                           AND to_whom.commercial_partner_id = document.partner_id))
            """
        )

    def _asked(self):
        """Messages of the period, whatever their company: an index finds them."""
        return self._between(SQL("m.date"), self.scope.start, self.scope.period_stop)
