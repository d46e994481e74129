from collections import defaultdict
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

MONTHS = 12


class SupplierScorecard(models.Model):
    """What suppliers deliver: how fast it is sold or used, and who else has it.

    Both questions read movements of stock and orders, so they are asked after the
    overview is on the screen, and only of the suppliers on it.
    """

    _inherit = "supplier.scorecard"

    @api.model
    @api.readonly
    def retrieve_turnover(self, partner_ids):
        """Return how often a year the stock of what suppliers deliver turns over.

        Cost of the goods that left the company in 12 months ÷ average value of their
        stock at the ends of 13 months. A product of several suppliers counts for each
        of them: whose pieces were used is not known. Changes of a standard price are
        no movement, so they do not count.

        :param list partner_ids: suppliers
        :return: ``{partner_id: turns a year}``; keys are text, as JSON has them; who
            delivered nothing that is kept in stock is absent
        :raises AccessError: the user may not read scorecards
        """
        self.check_access("read")
        readable = self._search([("partner_id", "in", partner_ids)])
        partners = self.env.execute_query(
            SQL(
                "SELECT DISTINCT partner_id FROM (%s) card",
                readable.select(SQL.identifier(self._table, "partner_id")),
            )
        )
        today = fields.Date.context_today(self)
        products = self._delivered_products([row[0] for row in partners], today)
        flows = self._stock_flows({row[1] for row in products}, today)
        rates = self._rates_of(self.env.companies, today)
        totals = defaultdict(lambda: [0.0, 0.0])
        for partner_id, product_id in products:
            for company_id, rate in rates.items():
                used, average = flows.get((product_id, company_id), (0.0, 0.0))
                totals[partner_id][0] += used * rate
                totals[partner_id][1] += average * rate
        return {
            str(partner_id): used / average
            for partner_id, (used, average) in totals.items()
            if average > 0
        }

    def _delivered_products(self, partner_ids, today):
        """Return pairs of a supplier and a product that it delivered in 12 months."""
        return self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT contact.commercial_partner_id, move.product_id
                  FROM res_partner contact
                  JOIN purchase_order purchase ON purchase.partner_id = contact.id
                  JOIN purchase_order_line line ON line.order_id = purchase.id
                  JOIN stock_move move ON move.purchase_line_id = line.id
                 WHERE contact.commercial_partner_id = ANY(%(partners)s)
                   AND purchase.company_id = ANY(%(companies)s)
                   AND move.state = 'done' AND move.is_in
                   AND move.date >= %(start)s
                """,
                partners=partner_ids,
                companies=self.env.companies.ids,
                start=today - relativedelta(months=MONTHS),
            )
        )

    def _stock_flows(self, product_ids, today):
        """Return of each product what left in 12 months and its average stock.

        :return: ``{(product_id, company_id): (cost of what left, average value)}``, in
            the currency of the company
        """
        ends = [today - relativedelta(months=back) for back in range(MONTHS + 1)]
        closing = self._stock_values(product_ids)
        used = defaultdict(float)
        changes = defaultdict(lambda: [0.0] * MONTHS)
        for product_id, company_id, back, value, change in self._monthly_moves(
            product_ids, ends
        ):
            used[product_id, company_id] += value
            changes[product_id, company_id][back] += change
        flows = {}
        for key in {*closing, *changes}:
            value = closing.get(key, 0.0)
            values = [value]
            for change in changes[key]:
                value -= change
                values.append(value)
            average = sum(max(0.0, each) for each in values) / len(values)
            flows[key] = (used[key], average)
        return flows

    def _stock_values(self, product_ids):
        """Return what the stock of products is worth today, at their cost.

        :return: ``{(product_id, company_id): value}``
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT quant.product_id, quant.company_id,
                       SUM(quant.quantity * COALESCE(
                           (product.standard_price->>quant.company_id::text)::float8,
                           0))::float8
                  FROM stock_quant quant
                  JOIN stock_location place ON place.id = quant.location_id
                  JOIN product_product product ON product.id = quant.product_id
                 WHERE quant.product_id = ANY(%(products)s)
                   AND quant.company_id = ANY(%(companies)s)
                   AND place.usage IN ('internal', 'transit')
                 GROUP BY quant.product_id, quant.company_id
                """,
                products=list(product_ids),
                companies=self.env.companies.ids,
            )
        )
        return {tuple(key): value for *key, value in rows}

    def _monthly_moves(self, product_ids, ends):
        """Return what moved by product, company and month.

        What customers return was not sold after all, and what goes back to a supplier
        was neither sold nor used.

        :param list ends: today, a month ago, two months ago, …
        :return: rows ``product, company, months ago, value sold or used, change of the
            stock``
        """
        return self.env.execute_query(
            SQL(
                """
                SELECT move.product_id, move.company_id, month.back,
                       SUM(CASE WHEN move.is_out
                                 AND target.usage IN ('customer', 'production')
                                THEN move.value
                                WHEN move.is_in AND origin.usage = 'customer'
                                THEN -move.value ELSE 0 END)::float8,
                       SUM(CASE WHEN move.is_in THEN move.value
                                ELSE -move.value END)::float8
                  FROM stock_move move
                  JOIN stock_location origin ON origin.id = move.location_id
                  JOIN stock_location target ON target.id = move.location_dest_id
                  JOIN (SELECT * FROM UNNEST(%(backs)s, %(starts)s::date[],
                                             %(ends)s::date[])
                            AS month (back, start_day, end_day)) month
                    ON move.date >= month.start_day AND move.date < month.end_day
                 WHERE move.product_id = ANY(%(products)s)
                   AND move.company_id = ANY(%(companies)s)
                   AND move.state = 'done' AND (move.is_in OR move.is_out)
                 GROUP BY move.product_id, move.company_id, month.back
                """,
                backs=list(range(len(ends) - 1)),
                starts=ends[1:],
                ends=[ends[0] + timedelta(days=1), *ends[1:-1]],
                products=list(product_ids),
                companies=self.env.companies.ids,
            )
        )

    @api.model
    @api.readonly
    def retrieve_single_sources(self):
        """Return who is the only source of a product, with how many of them.

        Of what was ordered in the last 24 months or is on a price list.

        :return: ``{partner_id: number of products}``; keys are text, as JSON has them
        :raises AccessError: the user may not read scorecards
        """
        self.check_access("read")
        rows = self.env["supplier.source"]._read_group(
            [("source_count", "=", 1)], ["partner_id"], ["product_id:count_distinct"]
        )
        return {str(partner.id): count for partner, count in rows}
