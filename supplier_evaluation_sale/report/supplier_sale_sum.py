from datetime import date

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.supplier_evaluation.report.fact.hints import (
    DAYS_KEY,
    PARTNERS_KEY,
    days_of,
    ids_of,
)
from odoo.addons.supplier_evaluation.report.fact.ids import IdCodec
from odoo.addons.supplier_evaluation.tools.actions import open_records
from odoo.addons.supplier_evaluation.tools.optional_numbers import OptionalFloat

from ..models.sale_order import TRACE_ACTION
from .customers import classes

# Months are counted from the year 0; there are fewer than this.
IDS = IdCodec(4096, 65536)


class SupplierSaleSum(models.Model):
    """What customers had of a supplier in a month, in sums that name no customer."""

    _name = "supplier.sale.sum"
    _description = "Sales That Depend on a Supplier"
    _order = "date desc, amount desc, id"
    _auto = False
    # The columns are made of the facts, which read the records.
    _depends = {}

    partner_id = fields.Many2one("res.partner", string="Supplier", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(
        string="Month",
        readonly=True,
        help="In which the customers were to have the goods.",
    )
    line_count = fields.Integer(string="Customer Order Lines", readonly=True)
    customer_count = fields.Integer(
        string="Customers",
        readonly=True,
        aggregator="max",
        help="Of the month: a customer of several months is one in each.",
    )
    key_customer_count = fields.Integer(
        string="Key Customers",
        readonly=True,
        aggregator="max",
        help="Of these customers, those who bring most of our sales: see “Customers by "
        "Class” in sales.",
    )
    late_count = fields.Integer(
        string="Late Because of the Supplier",
        readonly=True,
        help="Customer order lines.",
    )
    amount = fields.Monetary(
        string="Sales",
        readonly=True,
        help="Without taxes, in company currency: what came by this supplier.",
    )
    margin = OptionalFloat(
        readonly=True,
        digits="Product Price",
        help="Of these sales, in company currency, where Odoo's margins in sales "
        "orders are installed.",
    )

    @property
    def _table_query(self):
        traces = self.env["supplier.sale.trace"].sudo()
        since = fields.Date.context_today(self) - relativedelta(months=12)
        return SQL(
            """
            SELECT %(id)s AS id,
                   trace.partner_id, trace.company_id, trace.month AS date,
                   COUNT(DISTINCT trace.sale_line_id) AS line_count,
                   COUNT(DISTINCT trace.customer_id) AS customer_count,
                   COUNT(DISTINCT trace.customer_id) FILTER (
                       WHERE class.class = 'key') AS key_customer_count,
                   COUNT(DISTINCT trace.late_line_id) AS late_count,
                   SUM(trace.amount) AS amount,
                   SUM(trace.margin) AS margin
              FROM (
                   SELECT row.*, DATE_TRUNC('month', row.date)::date AS month
                     FROM (%(traces)s) row
                    WHERE row.partner_id IS NOT NULL
                      AND (row.exclusion IS NULL OR row.exclusion = 'not_due')
                   ) trace
              LEFT JOIN res_partner customer ON customer.id = trace.customer_id
              LEFT JOIN (%(classes)s) class
                ON class.partner_id = customer.commercial_partner_id
               AND class.company_id = trace.company_id
             GROUP BY trace.partner_id, trace.company_id, trace.month
            """,
            id=IDS.sql(
                SQL("trace.partner_id"),
                SQL(
                    "(EXTRACT(YEAR FROM trace.month) * 12"
                    " + EXTRACT(MONTH FROM trace.month))::integer %% 4096"
                ),
                SQL("trace.company_id"),
            ),
            traces=traces._table_query,
            classes=classes(since),
        )

    def action_open_customers(self):
        """Open the customer orders behind the sums, to whoever may see them in sales.

        :raises AccessError: the user has no rights to sales orders
        """
        self.env["supplier.sale.trace"].check_access("read")
        domain = Domain.OR(
            Domain("partner_id", "=", row.partner_id.id)
            & Domain("company_id", "=", row.company_id.id)
            & Domain("date", ">=", row.date)
            & Domain("date", "<=", fields.Date.end_of(row.date, "month"))
            for row in self
        )
        return open_records(
            self.env,
            TRACE_ACTION,
            list(domain),
            {"group_by": ["customer_id"]},
        )

    @api.model
    def _search(self, domain, *args, **kwargs):
        """Tell the facts which suppliers and days are asked for."""
        self.env.flush_all()
        asked = list(Domain(domain).optimize(self))
        first, last = days_of(asked)
        partners, found = ids_of(asked, "partner_id"), ids_of(asked, "id")
        if partners is None and found is not None:
            partners = sorted({IDS.decode(each)[0] for each in found})
        # A month is asked for by its first day.
        if last < date.max:
            last = fields.Date.end_of(last, "month")
        sums = self.with_context(
            **{DAYS_KEY: (first, last), PARTNERS_KEY: partners},
        )
        return super(SupplierSaleSum, sums)._search(domain, *args, **kwargs)
