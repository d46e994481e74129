"""The SQL of the flexibility facts: deliveries that were urgent, or that we changed."""

from odoo.tools import SQL

from ..fact.query import company_of
from ..history.rows import FACT_IDS, ORDER_LINE
from .query import DeliveryQuery

# Whether we moved the date, or changed how much we want, while it could still be met:
# of this promise, not of one that another supplier had made before.
IS_CHANGED = """
    EXISTS (SELECT FROM supplier_promise_change c
              JOIN purchase_order_line l ON l.id = c.line_id
             WHERE c.line_id = d.line_id
               AND (c.date >= l.date_promise_frozen) IS NOT FALSE
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


# Deliveries that may be such: of urgent lines, of lines that somebody changed, and of
# products with a delivery time. To look at each that there is takes much longer.
MAY_BE_ASKED = SQL(
    """
    (d.line_id IN (SELECT id FROM purchase_order_line WHERE urgent_promised)
     OR d.line_id IN (SELECT line_id FROM supplier_promise_change
                       WHERE reason IN ('buyer', 'order'))
     OR (d.partner_id, d.product_id) IN (
            SELECT seller.commercial_partner_id, pp.id
              FROM product_supplierinfo s
              JOIN res_partner seller ON seller.id = s.partner_id
              JOIN product_product pp ON pp.product_tmpl_id = s.product_tmpl_id
             WHERE s.delay > 0))
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
              JOIN product_product pp ON pp.id = d.product_id
              %(company)s
             CROSS JOIN LATERAL (SELECT %(usual_days)s AS usual_days OFFSET 0) usual
             CROSS JOIN LATERAL (
                   SELECT usual.usual_days,
                          EXISTS (SELECT FROM purchase_order_line l
                                   WHERE l.id = d.line_id AND l.urgent_promised)
                          OR COALESCE(d.date - d.date_confirmed < usual.usual_days,
                                      FALSE) AS is_urgent,
                          %(is_changed)s AS is_changed
                   OFFSET 0) asked
             CROSS JOIN LATERAL (
                   SELECT CASE WHEN d.on_time_share >= 1 THEN 1.0
                               ELSE 0.0 END::float8 AS share) met
             WHERE asked.is_urgent OR asked.is_changed
            """,
            deliveries=self._may_be_asked(super().sql()),
            company=company_of(SQL("d.company_id")),
            usual_days=USUAL_DAYS,
            is_changed=SQL(
                IS_CHANGED, cutoff=self.cutoff, day=self._local_day(SQL("c.date"))
            ),
        )

    def _may_be_asked(self, deliveries):
        """The deliveries that may be such, each an order line's.

        They are chosen before anything is joined to them: that is what OFFSET 0 is for.
        """
        return SQL(
            """
            SELECT d.*
              FROM (SELECT d.*, %(line)s AS line_id FROM (%(deliveries)s) d) d
             WHERE d.line_id IS NOT NULL AND %(may_be_asked)s
            OFFSET 0
            """,
            line=FACT_IDS.sql_record(ORDER_LINE, SQL("d.id")),
            deliveries=deliveries,
            may_be_asked=MAY_BE_ASKED,
        )
