"""What the records of a company look like, before anything is set up."""

from functools import cached_property

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tools import SQL

# As far back as is looked for suppliers and for what is bought.
MONTHS = 12


class Records:
    """Figures of one company, each read once and with one statement.

    :param env: environment of a manager, whose first company it is
    """

    def __init__(self, env):
        self.env = env
        self.company = env.company
        self.today = self.company._supplier_day(fields.Datetime.now())
        self.since = self.today - relativedelta(months=MONTHS)
        env.flush_all()

    @cached_property
    def last_buyers(self):
        """``{supplier: id of the buyer of the last order, or None}``.

        Of all that were ordered from, in Odoo or before it. Those that belong to
        another company by now are left out.
        """
        return dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT supplier.id,
                           (ARRAY_AGG(bought.user_id ORDER BY bought.day DESC)
                            FILTER (WHERE bought.user_id IS NOT NULL))[1]
                      FROM (SELECT partner_id, user_id, date_approve::date AS day
                              FROM purchase_order
                             WHERE company_id = %(company)s AND state = 'purchase'
                               AND date_approve >= %(since)s
                             UNION ALL
                            SELECT partner_id, NULL, COALESCE(date_order, date_promised)
                              FROM supplier_history_line
                             WHERE company_id = %(company)s
                               AND COALESCE(date_order, date_promised) >= %(since)s
                           ) bought
                      JOIN res_partner contact ON contact.id = bought.partner_id
                      JOIN res_partner supplier
                        ON supplier.id = contact.commercial_partner_id
                     WHERE supplier.active
                       AND COALESCE(supplier.company_id, %(company)s) = %(company)s
                     GROUP BY supplier.id
                    """,
                    company=self.company.id,
                    since=self.since,
                )
            )
        )

    @cached_property
    def suppliers(self):
        """The suppliers that were ordered from, with what policies look at."""
        suppliers = self.env["res.partner"].browse(self.last_buyers)
        suppliers = suppliers.sudo().with_company(self.company)
        suppliers.fetch(
            [
                "buyer_id",
                "supplier_certification_state",
                "supplier_grade_id",
                "supplier_score_provisional",
                "supplier_stage_id",
                "supplier_tier_id",
            ]
        )
        return suppliers

    @cached_property
    def bought(self):
        """What is bought, as ``{figure: number}``.

        ``lines`` of orders, of these ``services``, of the others ``sold`` on to
        customers and ``used`` in production as the product's moves say; ``receipts``
        and ``returns``; ``documents`` and ``incidents``.
        """
        [row] = self.env.execute_query_dict(
            SQL(
                """
                WITH line AS (
                     SELECT l.product_id, COUNT(*) AS n,
                            BOOL_OR(t.type = 'service') AS is_service
                       FROM purchase_order_line l
                       JOIN purchase_order o ON o.id = l.order_id
                       JOIN product_product p ON p.id = l.product_id
                       JOIN product_template t ON t.id = p.product_tmpl_id
                      WHERE o.company_id = %(company)s AND o.state = 'purchase'
                        AND o.date_approve >= %(since)s
                      GROUP BY l.product_id),
                place AS (SELECT id, usage FROM stock_location
                           WHERE usage IN ('customer', 'production', 'supplier')),
                went AS (
                     SELECT line.n, line.is_service,
                            EXISTS (%(customer)s) AS is_sold,
                            EXISTS (%(production)s) AS is_used
                       FROM line),
                came AS (
                     SELECT COUNT(*) FILTER (WHERE source.usage = 'supplier')
                                AS receipts,
                            COUNT(*) FILTER (WHERE target.usage = 'supplier')
                                AS returns
                       FROM stock_move m
                       LEFT JOIN place source ON source.id = m.location_id
                       LEFT JOIN place target ON target.id = m.location_dest_id
                      WHERE m.company_id = %(company)s AND m.state = 'done'
                        AND m.purchase_line_id IS NOT NULL AND m.date >= %(since)s)
                SELECT COALESCE(SUM(n), 0)::int AS lines,
                       COALESCE(SUM(n) FILTER (WHERE is_service), 0)::int AS services,
                       COALESCE(SUM(n) FILTER (WHERE is_sold AND NOT is_service), 0)
                           ::int AS sold,
                       COALESCE(SUM(n) FILTER (WHERE is_used AND NOT is_service), 0)
                           ::int AS used,
                       (SELECT receipts FROM came)::int AS receipts,
                       (SELECT returns FROM came)::int AS returns,
                       (SELECT COUNT(*) FROM supplier_document
                         WHERE active AND COALESCE(company_id, %(company)s)
                               = %(company)s)::int AS documents,
                       (SELECT COUNT(*) FROM supplier_incident
                         WHERE company_id = %(company)s)::int AS incidents
                  FROM went
                """,
                company=self.company.id,
                since=self.since,
                customer=self._moves_to("customer"),
                production=self._moves_to("production"),
            )
        )
        return row

    def _moves_to(self, usage):
        return SQL(
            "SELECT FROM stock_move m JOIN place ON place.id = m.location_dest_id"
            " WHERE m.product_id = line.product_id AND m.state = 'done'"
            " AND m.company_id = %s AND place.usage = %s",
            self.company.id,
            usage,
        )

    def moved_days(self, before, after):
        """Return how many receipts count for another day in another time zone.

        :param str before: name of the present time zone
        :param str after: name of the other one
        """
        [(count,)] = self.env.execute_query(
            SQL(
                """
                SELECT COUNT(*)
                  FROM stock_picking picking
                  JOIN stock_picking_type kind ON kind.id = picking.picking_type_id
                 WHERE picking.company_id = %(company)s AND picking.state = 'done'
                   AND kind.code = 'incoming' AND picking.date_done >= %(since)s
                   AND (picking.date_done AT TIME ZONE 'UTC'
                        AT TIME ZONE %(before)s)::date
                    <> (picking.date_done AT TIME ZONE 'UTC'
                        AT TIME ZONE %(after)s)::date
                """,
                company=self.company.id,
                since=self.since,
                before=before,
                after=after,
            )
        )
        return count

    def ordered_from(self, first, last):
        """Return how many suppliers had something promised in a time.

        :param date first: first day, in the company's time zone
        :param date last: last day
        """
        [(count,)] = self.env.execute_query(
            SQL(
                """
                SELECT COUNT(DISTINCT contact.commercial_partner_id)
                  FROM (SELECT o.partner_id
                          FROM purchase_order_line l
                          JOIN purchase_order o ON o.id = l.order_id
                         WHERE o.company_id = %(company)s AND o.state = 'purchase'
                           AND (l.date_planned AT TIME ZONE 'UTC'
                                AT TIME ZONE %(tz)s)::date
                               BETWEEN %(first)s AND %(last)s
                         UNION ALL
                        SELECT partner_id FROM supplier_history_line
                         WHERE company_id = %(company)s
                           AND date_promised BETWEEN %(first)s AND %(last)s) bought
                  JOIN res_partner contact ON contact.id = bought.partner_id
                """,
                company=self.company.id,
                tz=self.company._supplier_tz(),
                first=first,
                last=last,
            )
        )
        return count
