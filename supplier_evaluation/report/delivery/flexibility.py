"""The SQL of the flexibility facts: deliveries that were urgent, or that we changed."""

from odoo.tools import SQL

from ..fact.query import company_of
from ..history.rows import FACT_IDS, ORDER_LINE
from .query import DeliveryQuery

# Whether we moved the date, or changed how much we want, while it could still be met.
IS_CHANGED = """
    EXISTS (SELECT FROM supplier_promise_change c
             WHERE c.line_id = l.id
               AND c.date <= %(cutoff)s
               AND c.is_late IS NOT TRUE
               AND %(day)s <= d.date
               AND (c.reason = 'buyer' AND c.date_to <> c.date_from
                    OR c.reason = 'order' AND c.quantity_to > 0
                       AND c.quantity_to <> c.ordered_from))
"""
# The shortest delivery time that the supplier's price list has for the product.
USUAL_DAYS = SQL(
    """
    (SELECT MIN(s.delay)
       FROM product_supplierinfo s
       JOIN res_partner seller ON seller.id = s.partner_id
      WHERE seller.commercial_partner_id = d.partner_id
        AND s.product_tmpl_id = pp.product_tmpl_id
        AND COALESCE(s.product_id, pp.id) = pp.id
        AND COALESCE(s.company_id, d.company_id) = d.company_id
        AND COALESCE(s.date_start, d.date_confirmed) <= d.date_confirmed
        AND COALESCE(s.date_end, d.date_confirmed) >= d.date_confirmed
        AND s.delay > 0)
    """
)


class FlexibilityQuery(DeliveryQuery):
    """Builds the query of ``supplier.flexibility.fact``: some of the deliveries."""

    def sql(self):
        """Return the whole query, one row per line that was urgent or changed."""
        return SQL(
            """
            SELECT d.*,
                   asked.usual_days,
                   asked.is_urgent,
                   asked.is_changed,
                   met.share AS met_share,
                   met.share * d.weight AS met_weighted
              FROM (%(deliveries)s) d
              JOIN purchase_order_line l ON l.id = %(line)s
              JOIN product_product pp ON pp.id = l.product_id
              %(company)s
             CROSS JOIN LATERAL (SELECT %(usual_days)s AS usual_days OFFSET 0) usual
             CROSS JOIN LATERAL (
                   SELECT usual.usual_days,
                          COALESCE(l.urgent_promised, FALSE)
                          OR COALESCE(d.date - d.date_confirmed < usual.usual_days,
                                      FALSE) AS is_urgent,
                          %(is_changed)s AS is_changed
                   OFFSET 0) asked
             CROSS JOIN LATERAL (
                   SELECT CASE WHEN d.on_time_share >= 1 THEN 1.0
                               ELSE 0.0 END::float8 AS share) met
             WHERE asked.is_urgent OR asked.is_changed
            """,
            deliveries=super().sql(),
            line=FACT_IDS.sql_record(ORDER_LINE, SQL("d.id")),
            company=company_of(SQL("d.company_id")),
            usual_days=USUAL_DAYS,
            is_changed=SQL(
                IS_CHANGED, cutoff=self.cutoff, day=self._local_day(SQL("c.date"))
            ),
        )
