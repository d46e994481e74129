-- Our messages of the period to the supplier on an order, and the first word from it
-- there up to the cut-off. What is neither a comment nor a mail, and notes among
-- ourselves, are no messages. Acknowledging the order is an answer, too, and so is a call
-- on the order that had been logged as one by then. Silence counts as not answered in time.
WITH message AS (
    SELECT m.id, m.res_id AS order_id, m.date, m.message_type,
           p.commercial_partner_id AS partner_id,
           author.commercial_partner_id = p.commercial_partner_id AS is_theirs
      FROM mail_message m
      JOIN purchase_order o ON o.id = m.res_id
      JOIN res_partner p ON p.id = o.partner_id
      JOIN res_partner author ON author.id = m.author_id
     WHERE m.model = 'purchase.order'
       AND o.company_id = %(company)s
       AND m.message_type IN ('comment', 'email')
       AND m.subtype_id = (SELECT res_id FROM ir_model_data
                            WHERE module = 'mail' AND name = 'mt_comment')
       AND m.date <= %(cutoff)s
),
question AS (
    SELECT *
      FROM message
     WHERE NOT is_theirs
       AND message_type = 'comment'
       AND date >= %(start)s
       AND date < %(stop)s
       AND EXISTS (SELECT
                     FROM mail_message_res_partner_rel r
                     JOIN res_partner c ON c.id = r.res_partner_id
                    WHERE r.mail_message_id = message.id
                      AND c.commercial_partner_id = message.partner_id)
),
answer AS (
    SELECT order_id, date FROM message WHERE is_theirs
     UNION ALL
    SELECT id, date_acknowledged
      FROM purchase_order
     WHERE acknowledged AND date_acknowledged <= %(cutoff)s
     UNION ALL
    SELECT contact.order_id, contact.date
      FROM supplier_contact contact
      JOIN purchase_order o ON o.id = contact.order_id
      JOIN res_partner vendor ON vendor.id = o.partner_id
     WHERE contact.is_answer AND contact.active AND contact.date <= %(cutoff)s
       AND COALESCE(contact.date_answer_logged, contact.create_date) <= %(cutoff)s
       AND contact.commercial_partner_id = vendor.commercial_partner_id
),
waited AS (
    SELECT q.id, q.partner_id,
           EXTRACT(EPOCH FROM MIN(a.date) - q.date)::float8 / 3600 AS hours
      FROM question q
      LEFT JOIN answer a ON a.order_id = q.order_id AND a.date > q.date
     GROUP BY q.id, q.partner_id, q.date
)
SELECT partner_id,
       AVG(hours) AS response_time,
       100.0 * COUNT(*) FILTER (WHERE hours <= 48) / COUNT(*) AS response_rate
  FROM waited
 GROUP BY partner_id
