"""The SQL of the correspondence facts: when we asked, and when the supplier answered.

An exchange begins with our first message after the supplier's last word; further
messages of ours before an answer are reminders of it, not new questions: who reminds
does not make the supplier look quicker.
"""

from odoo import SUPERUSER_ID
from odoo.tools import SQL

from ...models.response.automatic import AUTOMATIC_SUBJECT
from ...models.response.mail_message import ASKED_ON
from ..fact.query import WITHOUT_PRODUCT, FactQuery, company_of, fact_columns
from .clock import ANSWERED, WRITTEN_AT
from .sender import (
    ADDRESS,
    IS_NOBODY,
    IS_OUR_DOMAIN,
    IS_THEIR_ADDRESS,
    IS_THEIR_DOMAIN,
)
from .threads import (
    ANSWERED_ON,
    INCIDENT_CONTACTS,
    INCIDENT_DOCUMENTS,
    INCIDENT_THREADS,
    ORDER_CONTACTS,
    ORDER_DOCUMENTS,
    ORDER_THREADS,
)

# Kinds of messages that people write; the others are made by the system.
WRITTEN = ("comment", "email", "email_outgoing")
BOT = SQL("SELECT partner_id FROM res_users WHERE id = %s", SUPERUSER_ID)
# Nobody of us wrote it. The superuser writes down what comes by mail, whoever fetches
# it, and by the links of the portal.
NOT_BY_US = SQL("(typist.share IS NOT FALSE OR typist.id = %s)", SUPERUSER_ID)
# Nor did one of us in the name of somebody else. The people of a sister company may be
# users of ours, and speak for themselves.
OWN_WORD = SQL("(%s OR typist.partner_id IS NOT DISTINCT FROM m.author_id)", NOT_BY_US)
# What a figure needs, by the name of its aspect.
NEEDS = {"answered": SQL("e.answered")}
# The documents on which a supplier is written to.
ORDERS, INCIDENTS = ASKED_ON

# What an event takes over from its document.
EVENT_COLUMNS = SQL(
    """
    document.model, document.id AS res_id, document.name, document.order_id,
    document.incident_id, document.partner_id, document.company_id,
    document.confirmed_before
    """
)


class ResponseQuery(FactQuery):
    """Builds the query of ``supplier.response.fact``."""

    def __init__(self, facts):
        super().__init__(facts)
        env = facts.env
        self.portal_answer = env["ir.model.data"]._xmlid_to_res_id(
            "supplier_evaluation.mt_order_answer"
        )
        self.unknown_sender = env._("Answered from an address that is nobody's:")
        self.unknown_instant = env._("The order was confirmed, but not known when.")

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
                   SELECT q.*,
                          COALESCE(q.exclusion, CASE WHEN q.doubt IS NOT NULL
                                                     THEN 'no_reference' END)
                              AS why,
                          CASE WHEN q.exclusion IS NULL THEN q.doubt
                               ELSE q.reason END AS why_in_words
                     FROM (%(questions)s) q
                   ) e
            """,
            columns=fact_columns(
                SQL("e"),
                **WITHOUT_PRODUCT,
                res_model=SQL("e.model"),
                date=SQL("e.day"),
                exclusion=self._needing(SQL("e.why"), NEEDS),
                exclusion_reason=SQL("e.why_in_words"),
            ),
            questions=self._questions(),
        )

    def _questions(self):
        """What we began, and why it is in doubt whether it was answered in time.

        The supplier is asked for nothing that it may have done: an unknown address
        may have written for it, and it may have confirmed when nobody noted when.
        """
        return SQL(
            """
            SELECT m.*, m.date AS asked, d.deadline,
                   CASE WHEN m.answered <= d.deadline THEN NULL
                        WHEN m.stranger < COALESCE(m.answered, 'infinity')
                             THEN CONCAT_WS(' ', %(unknown_sender)s, m.address)
                        WHEN m.date <= m.confirmed_before THEN %(unknown_instant)s
                   END AS doubt
              FROM (%(exchanges)s) m
             CROSS JOIN LATERAL (
                   SELECT m.date + %(hours)s * INTERVAL '1 hour' AS deadline) d
             WHERE m.kind = 'question'
               AND m.previous IS DISTINCT FROM 'question'
               AND %(in_period)s
            """,
            unknown_sender=self.unknown_sender,
            unknown_instant=self.unknown_instant,
            hours=self.scope.response_hours,
            exchanges=self._exchanges(),
            in_period=self._in_period(SQL("m.date"), SQL("m.company_id")),
        )

    def _exchanges(self):
        """What was written on each document, with what came before and after.

        Strangers neither end an exchange nor begin one.
        """
        return SQL(
            """
            SELECT m.id, m.model, m.res_id, m.date, m.author_id, m.kind, m.name,
                   m.order_id, m.incident_id, m.partner_id, m.company_id, m.exclusion,
                   m.reason, m.confirmed_before, m.day,
                   LAG(m.kind) OVER (
                       PARTITION BY m.model, m.res_id, m.kind = 'stranger'
                       ORDER BY m.date, m.id) AS previous,
                   MIN(m.date) FILTER (WHERE m.kind = 'answer') OVER later AS answered,
                   MIN(m.date) FILTER (WHERE m.kind = 'stranger') OVER later
                       AS stranger,
                   (ARRAY_AGG(m.address) FILTER (WHERE m.kind = 'stranger')
                       OVER later)[1] AS address
              FROM ((%(orders)s) UNION ALL (%(incidents)s)) m
            WINDOW later AS (PARTITION BY m.model, m.res_id ORDER BY m.date, m.id
                             ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)
            """,
            orders=self._events(ORDERS, ORDER_DOCUMENTS, ORDER_THREADS, ORDER_CONTACTS),
            incidents=self._events(
                INCIDENTS, INCIDENT_DOCUMENTS, INCIDENT_THREADS, INCIDENT_CONTACTS
            ),
        )

    def _events(self, model, documents, threads, contacts):
        """What was written on one kind of document, and when the supplier confirmed.

        :param SQL documents: the documents, with their supplier
        :param SQL threads: where is written about each
        :param SQL contacts: in which the supplier answered, as they were logged
        """
        document = SQL(
            """
            SELECT %(model)s AS model, documents.* FROM (%(documents)s) documents
             WHERE %(of_supplier)s
               AND documents.id IN (
                   SELECT m.res_id FROM mail_message m
                    WHERE m.model = %(model)s
                      AND m.message_type IN %(written)s
                      AND %(asked)s)
            """,
            model=model,
            documents=documents,
            of_supplier=self._of_supplier(SQL("documents.partner_id")),
            written=WRITTEN,
            asked=self._asked(),
        )
        return SQL(
            """
            WITH document AS MATERIALIZED (%(document)s),
                 answered_on AS MATERIALIZED (%(answered_on)s)
            SELECT %(columns)s, m.id, written.date, m.author_id, sender.address,
                   what.kind, %(day)s AS day,
                   COALESCE(document.exclusion, m.supplier_exclusion) AS exclusion,
                   CASE WHEN document.exclusion IS NULL
                        THEN m.supplier_exclusion_reason
                        ELSE document.reason END AS reason
              FROM document
              %(company)s
              %(messages)s
             UNION ALL
            SELECT %(columns)s, NULL, document.confirmed, NULL, NULL, 'answer', NULL,
                   NULL, NULL
              FROM document
              %(company)s
             WHERE document.confirmed <= %(cutoff)s
             UNION ALL
            SELECT %(columns)s, NULL, contact.date, contact.person_id, NULL, 'answer',
                   NULL, NULL, NULL
              FROM document
              %(company)s
              JOIN (%(contacts)s) logged ON logged.document_id = document.id
              JOIN supplier_contact contact ON contact.id = logged.contact_id
             WHERE contact.active AND contact.date <= %(cutoff)s
               -- Nor does it count when nobody had said so by then.
               AND COALESCE(contact.date_answer_logged, contact.create_date)
                   <= %(cutoff)s
               -- Who it was given to later did not answer by it.
               AND contact.commercial_partner_id = document.partner_id
            """,
            columns=EVENT_COLUMNS,
            contacts=contacts,
            day=self._local_day(SQL("m.date")),
            document=document,
            answered_on=ANSWERED_ON,
            company=company_of(SQL("document.company_id")),
            messages=self._messages(threads),
            cutoff=self.cutoff,
        )

    def _messages(self, threads):
        """Join what was written about a document, by whom, and what it is.

        A question is written by an employee on the document itself and reaches the
        supplier or a contact of it; an answer is written by one of them, or from the
        supplier's mail domain, or is a click in the portal. Notes stay among us, and
        what one of us wrote in the name of somebody else is no word of theirs.
        """
        return SQL(
            """
              JOIN (%(threads)s) thread ON thread.document_id = document.id
              JOIN mail_message m ON m.model = thread.model AND m.res_id = thread.res_id
              LEFT JOIN res_partner author ON author.id = m.author_id
              LEFT JOIN res_users typist ON typist.id = m.create_uid
              %(answered)s
             -- OFFSET 0: made once a message, whoever asks for it.
             CROSS JOIN LATERAL (
                   SELECT LOWER(SUBSTRING(m.email_from FROM %(address)s)) AS address
                   OFFSET 0) sender
             CROSS JOIN LATERAL (SELECT %(kind)s AS kind OFFSET 0) what
             CROSS JOIN LATERAL (SELECT %(written_at)s AS date) written
             WHERE (m.message_type IN %(written)s
                    AND m.is_internal IS NOT TRUE
                    AND (m.subtype_id IN (SELECT id FROM mail_message_subtype
                                           WHERE internal IS NOT TRUE)
                         -- What is sent as a mail only, of many orders at once.
                         OR m.message_type = 'email_outgoing'
                            AND m.subtype_id IS NULL)
                    OR m.subtype_id = %(portal_answer)s)
               AND written.date <= %(cutoff)s
               AND what.kind IS NOT NULL
            """,
            threads=threads,
            answered=ANSWERED,
            written_at=WRITTEN_AT,
            address=ADDRESS,
            kind=self._kind(),
            written=WRITTEN,
            portal_answer=self.portal_answer,
            cutoff=self.cutoff,
        )

    def _kind(self):
        """What a message is: a question, an answer, a stranger's, or none of them."""
        return SQL(
            """
            CASE WHEN m.subtype_id = %(portal_answer)s
                      -- It answers what was asked about the order, and no complaint.
                      THEN CASE WHEN document.model = %(orders)s
                                 AND %(not_by_us)s THEN 'answer' END
                 WHEN author.commercial_partner_id = document.partner_id
                      THEN CASE WHEN %(by_hand)s AND %(own_word)s THEN 'answer' END
                 WHEN m.author_id IN (SELECT partner_id FROM res_users
                                       WHERE share IS NOT TRUE)
                      THEN CASE WHEN thread.model = document.model
                                 AND thread.res_id = document.id
                                 AND m.author_id NOT IN (%(bot)s)
                                 AND %(reaches)s THEN 'question' END
                 WHEN m.message_type = 'email_outgoing'
                      OR NOT (%(by_hand)s AND %(own_word)s) THEN NULL
                 ELSE %(outsider)s END
            """,
            portal_answer=self.portal_answer,
            orders=ORDERS,
            by_hand=SQL("(COALESCE(m.subject, '') !~* %s)", AUTOMATIC_SUBJECT),
            not_by_us=NOT_BY_US,
            own_word=OWN_WORD,
            bot=BOT,
            reaches=self._reaches_supplier(),
            outsider=self._outsider(),
        )

    def _outsider(self):
        """What somebody is who is neither a known contact of the supplier nor of us.

        Who has a company is known: what a carrier writes is none of the supplier's.
        """
        return SQL(
            """
            CASE WHEN %(their_address)s THEN 'answer'
                 WHEN author.id IS NOT NULL
                      AND (author.is_company
                           OR author.commercial_partner_id <> author.id) THEN NULL
                 WHEN %(our_domain)s
                      THEN CASE WHEN %(their_domain)s THEN 'stranger' END
                 WHEN %(their_domain)s AND NOT %(nobody)s THEN 'answer'
                 ELSE 'stranger' END
            """,
            nobody=IS_NOBODY,
            their_address=IS_THEIR_ADDRESS,
            our_domain=IS_OUR_DOMAIN,
            their_domain=IS_THEIR_DOMAIN,
        )

    def _reaches_supplier(self):
        """A message goes to whom it is addressed, and to followers that it notifies.

        What came back, or could not be sent, to any of them, has reached nobody; nor
        has it when somebody dismissed that failure, or cancelled the mail.
        """
        return SQL(
            """
            (SELECT CASE WHEN COUNT(*) > 0 THEN NOT BOOL_AND(is_lost)
                         ELSE EXISTS (
                              SELECT FROM mail_message_res_partner_rel r
                                JOIN res_partner to_whom
                                  ON to_whom.id = r.res_partner_id
                               WHERE r.mail_message_id = m.id
                                 AND to_whom.commercial_partner_id
                                     = document.partner_id) END
               FROM (SELECT n.notification_status
                                IN ('bounce', 'exception', 'canceled') AS is_lost
                       FROM mail_notification n
                       JOIN res_partner to_whom ON to_whom.id = n.res_partner_id
                      WHERE n.mail_message_id = m.id
                        AND to_whom.commercial_partner_id = document.partner_id) n)
            """
        )

    def _asked(self):
        """Messages of the period, whatever their company: an index finds them."""
        return self._between(SQL("m.date"), self.scope.start, self.scope.period_stop)
