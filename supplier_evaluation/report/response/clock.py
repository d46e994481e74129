"""The SQL of when a message was written, whatever the clock of its writer says."""

from odoo.tools import SQL

# What somebody wrote and a mail ``m`` answers; Odoo also names the first note of a
# record, which may be younger.
ANSWERED = SQL(
    """
    LEFT JOIN mail_message parent
           ON parent.id = m.parent_id
          AND parent.message_type IN ('comment', 'email', 'email_outgoing')
    """
)
# When a mail was written is said by its writer's clock. That may be wrong, or have no
# time zone; but nobody answers before he is asked, nor after the mail is here. One that
# is further behind than time zones are apart says nothing.
WRITTEN_AT = SQL(
    """
    (CASE WHEN m.message_type <> 'email' OR what.kind = 'question' THEN m.date
          WHEN m.date < LEAST(parent.date, parent.create_date) - INTERVAL '26 hours'
               THEN m.create_date
          ELSE LEAST(m.create_date,
                     GREATEST(m.date, LEAST(parent.date, parent.create_date)))
     END)
    """
)
