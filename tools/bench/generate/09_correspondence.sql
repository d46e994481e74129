-- On every order a notification; on 15 % a question to the supplier, most of which are
-- answered; and what is neither: notes among ourselves, mails of suppliers out of the
-- blue. What would be after the year has not happened yet.
CREATE TABLE bench.message AS
WITH asked AS (
    SELECT o.*,
           confirmed + (promised - confirmed) * bench.chance(o.id, 72) AS asked_at
      FROM bench.purchase o
     WHERE NOT cancelled AND bench.chance(o.id, 71) < 0.15
),
said AS (
    SELECT id AS order_id, 1 AS step, partner_id, confirmed AS date,
           'notification' AS kind
      FROM bench.purchase
     UNION ALL
    SELECT id, 2, partner_id, confirmed + interval '1 hour', 'mail'
      FROM bench.purchase
     WHERE bench.chance(id, 73) < 0.02
     UNION ALL
    SELECT id, 3, partner_id, asked_at, 'question'
      FROM asked
     UNION ALL
    SELECT id, 4, partner_id, asked_at + interval '5 minutes', 'note'
      FROM asked
     WHERE bench.chance(id, 74) < 0.3
     -- A supplier that has a sales office answers from there, whoever was asked.
     UNION ALL
    SELECT id, 5,
           CASE WHEN supplier % 10 = 0 THEN p.partner_base + p.suppliers + supplier / 10
                ELSE partner_id END,
           asked_at + interval '10 minutes'
               - interval '24 hours' * LN(1 - bench.chance(id, 75)),
           'answer'
      FROM asked, bench.parameter p
     WHERE bench.chance(id, 76) < 0.85
)
SELECT p.message_base + ROW_NUMBER() OVER (ORDER BY date, order_id, step) AS id,
       order_id, partner_id, date_trunc('second', date) AS date, kind
  FROM bench.parameter p, said
 WHERE date < p.stop;

INSERT INTO mail_message (id, model, res_id, message_type, subtype_id, author_id,
                          is_internal, date, body, message_id, reply_to_force_new,
                          record_company_id, create_date, create_uid, write_uid)
SELECT m.id, 'purchase.order', m.order_id,
       CASE WHEN kind = 'notification' THEN 'notification'
            WHEN kind = 'mail' OR kind = 'answer' AND m.id % 3 > 0 THEN 'email'
            ELSE 'comment' END,
       CASE WHEN kind IN ('notification', 'note') THEN p.note_id ELSE p.comment_id END,
       CASE WHEN kind IN ('mail', 'answer') THEN m.partner_id ELSE p.buyer_id END,
       kind IN ('notification', 'note'), date,
       CASE kind WHEN 'notification' THEN '' ELSE '<p>Text</p>' END,
       '<' || m.id || '@bench.example.com>', FALSE, p.company_id, date, 1, 1
  FROM bench.parameter p, bench.message m
 ORDER BY m.id;

INSERT INTO mail_message_res_partner_rel (mail_message_id, res_partner_id)
SELECT id, partner_id FROM bench.message WHERE kind = 'question';
