"""SQL of who buys how often and for how much, and what that makes of a customer."""

from odoo.tools import SQL

from odoo.addons.supplier_evaluation.report.fact.query import company_of

#: Those who bring this share of the sales of a company are its key customers.
KEY_SHARE = 0.8
#: The day of an order ``o`` where its company is.
DAY = SQL(
    "(o.date_order AT TIME ZONE 'UTC'"
    " AT TIME ZONE COALESCE(company_partner.tz, 'UTC'))::date"
)


def orders(since, visible=None):
    """List customers with their orders since a day, in company currency.

    ``partner_id, company_id, order_count, amount, quotation_count, first, last``; a
    contact stands for its company.

    :param date since: from then on orders count
    :param SQL visible: ids of the orders that are looked at; all by default
    """
    return SQL(
        """
        SELECT customer.commercial_partner_id AS partner_id, o.company_id,
               COUNT(*) FILTER (WHERE %(counts)s) AS order_count,
               COALESCE(SUM(%(amount)s) FILTER (WHERE %(counts)s), 0) AS amount,
               COUNT(*) FILTER (WHERE o.state IN ('draft', 'sent'))
                   AS quotation_count,
               MIN(%(day)s) FILTER (WHERE %(counts)s) AS first,
               MAX(%(day)s) FILTER (WHERE o.state = 'sale') AS last
          FROM sale_order o
          JOIN res_partner customer ON customer.id = o.partner_id
          %(company)s
         WHERE o.state IN ('draft', 'sent', 'sale') AND %(visible)s
         GROUP BY 1, 2
        """,
        counts=SQL("o.state = 'sale' AND %s >= %s", DAY, since),
        day=DAY,
        company=company_of(SQL("o.company_id")),
        amount=SQL("(o.amount_untaxed / COALESCE(NULLIF(o.currency_rate, 0), 1))"),
        visible=SQL("o.id IN %s", visible) if visible else SQL("TRUE"),
    )


def classes(since):
    """List all customers with their class: ``partner_id, company_id, class``.

    Key: with those who buy for more, they bring 80 % of the sales. Regular: whoever
    else ordered since the day. Potential: whoever did not.
    """
    return SQL(
        """
        SELECT partner_id, company_id,
               CASE WHEN order_count = 0 THEN 'potential'
                    WHEN amount > 0 AND before < %(share)s * total THEN 'key'
                    ELSE 'regular' END AS class
          FROM (
               SELECT partner_id, company_id, order_count, amount,
                      SUM(amount) OVER (PARTITION BY company_id) AS total,
                      SUM(amount) OVER (PARTITION BY company_id
                                        ORDER BY amount DESC, partner_id) - amount
                          AS before
                 FROM (%(orders)s) o
               ) o
        """,
        share=KEY_SHARE,
        orders=orders(since),
    )
