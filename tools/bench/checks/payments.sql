-- Terms and payments of posted bills, weighted with what was billed in company currency
-- without tax. A bill is paid on the day on which payments reach its amount, but not
-- before it came. Without a payment term it has none. Lines of bills whose order line was
-- left out do not count; nor does a bill that has no others.
WITH bill AS (
    SELECT m.id,
           p.commercial_partner_id AS partner_id,
           m.date,
           m.invoice_date,
           m.amount_total,
           m.invoice_payment_term_id IS NOT NULL AS has_term,
           (SELECT SUM(b.price_subtotal::float8 / m.invoice_currency_rate::float8)
              FROM account_move_line b
              LEFT JOIN purchase_order_line l ON l.id = b.purchase_line_id
             WHERE b.move_id = m.id
               AND b.display_type = 'product'
               AND l.supplier_exclusion IS NULL) AS spend
      FROM account_move m
      JOIN res_partner p ON p.id = m.partner_id
     WHERE m.company_id = %(company)s
       AND m.state = 'posted'
       AND m.move_type = 'in_invoice'
),
due AS (
    SELECT bill.id,
           SUM(a.credit * (a.date_maturity - bill.invoice_date))::float8
               / SUM(a.credit)::float8 AS days
      FROM bill
      JOIN account_move_line a ON a.move_id = bill.id
     WHERE a.display_type = 'payment_term'
       AND bill.has_term
       AND bill.date BETWEEN %(date_from)s AND %(date_to)s
     GROUP BY bill.id
    HAVING SUM(a.credit) > 0
),
payment AS (
    SELECT a.move_id AS bill_id, paying.date, r.credit_amount_currency AS amount
      FROM account_partial_reconcile r
      JOIN account_move_line a ON a.id = r.credit_move_id
      JOIN account_move_line paying ON paying.id = r.debit_move_id
     UNION ALL
    SELECT link.invoice_id, pay.date, pay.amount
      FROM account_payment pay
      JOIN account_move__account_payment link ON link.payment_id = pay.id
     WHERE pay.state IN ('in_process', 'paid')
),
paid AS (
    SELECT bill.id, MAX(payment.date) - bill.invoice_date AS days
      FROM bill
      JOIN payment ON payment.bill_id = bill.id
     GROUP BY bill.id, bill.invoice_date, bill.amount_total
    HAVING SUM(payment.amount) > bill.amount_total - 0.005
       AND GREATEST(MAX(payment.date), bill.invoice_date)
           BETWEEN %(date_from)s AND %(date_to)s
)
SELECT bill.partner_id,
       SUM(bill.spend * due.days) / NULLIF(SUM(bill.spend) FILTER (
           WHERE due.days IS NOT NULL), 0) AS payment_terms,
       SUM(bill.spend * paid.days) / NULLIF(SUM(bill.spend) FILTER (
           WHERE paid.days IS NOT NULL), 0) AS days_to_pay
  FROM bill
  LEFT JOIN due ON due.id = bill.id
  LEFT JOIN paid ON paid.id = bill.id
 WHERE bill.spend IS NOT NULL
   AND (due.id IS NOT NULL OR paid.id IS NOT NULL)
 GROUP BY bill.partner_id
