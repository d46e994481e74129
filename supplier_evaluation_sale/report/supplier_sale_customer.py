from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.supplier_evaluation.report.fact.ids import IdCodec
from odoo.addons.supplier_evaluation.tools.actions import open_records
from odoo.addons.supplier_evaluation.tools.optional_numbers import (
    OptionalFloat,
    OptionalInteger,
)

from .customers import classes, orders

IDS = IdCodec(65536)
CLASSES = [("key", "Key"), ("regular", "Regular"), ("potential", "Potential")]


class SupplierSaleCustomer(models.Model):
    """Who buys of us: how often, for how much, and what is overdue.

    Orders and bills are those that the reader may see in sales: a salesperson without
    more rights has the own ones here, and those of nobody. The class is that of the
    company, whoever looks.
    """

    _name = "supplier.sale.customer"
    _inherit = ["supplier.optional.numbers.mixin"]
    _description = "Customer by Records"
    _order = "amount desc, id"
    _rec_name = "partner_id"
    _auto = False
    # Its columns are made of what the reader may see.
    _depends = {}

    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    customer_class = fields.Selection(
        CLASSES,
        string="Class",
        readonly=True,
        help="Key: with those who buy for more, they bring 80 % of the sales of 12 "
        "months. Regular: who else ordered in 12 months. Potential: who did not.",
    )
    order_count = fields.Integer(string="Orders of 12 Months", readonly=True)
    days_between = OptionalInteger(
        string="Days between Orders",
        readonly=True,
        aggregator="avg",
        help="On average, in 12 months. Empty: there were not two orders.",
    )
    date_last = fields.Date(string="Last Order", readonly=True)
    quotation_count = fields.Integer(string="Open Quotations", readonly=True)
    amount = fields.Monetary(
        string="Sales of 12 Months",
        readonly=True,
        help="What was ordered, without taxes, in company currency.",
    )
    overdue = OptionalFloat(
        string="Receivables Overdue",
        readonly=True,
        digits="Product Price",
        aggregator="sum",
        help="What is unpaid of posted bills after their due date, in company "
        "currency. Empty: nothing is overdue, or you see no bills.",
    )

    @property
    def _table_query(self):
        today = fields.Date.context_today(self)
        since = today - relativedelta(months=12)
        visible = self.env["sale.order"]._search([], bypass_access=self.env.su)
        return SQL(
            """
            SELECT %(id)s AS id, o.partner_id, o.company_id,
                   class.class AS customer_class,
                   o.order_count, o.quotation_count, o.amount, o.last AS date_last,
                   CASE WHEN o.order_count > 1
                        THEN ROUND((o.last - o.first)::numeric / (o.order_count - 1))
                        END::integer AS days_between,
                   due.overdue
              FROM (%(orders)s) o
              JOIN (%(classes)s) class
                ON class.partner_id = o.partner_id AND class.company_id = o.company_id
              LEFT JOIN (%(due)s) due
                ON due.partner_id = o.partner_id AND due.company_id = o.company_id
            """,
            id=IDS.sql(SQL("o.partner_id"), SQL("o.company_id")),
            orders=orders(since, visible.subselect()),
            classes=classes(since),
            due=self._overdue(today),
        )

    def _overdue(self, today):
        """List what customers owe for longer than agreed, as far as one may see it."""
        lines = self.env["account.move.line"]
        visible = SQL("FALSE")
        if lines.has_access("read"):
            found = lines._search(
                [
                    ("account_type", "=", "asset_receivable"),
                    ("parent_state", "=", "posted"),
                    ("date_maturity", "<", today),
                    ("amount_residual", "!=", 0),
                ]
            )
            visible = SQL("l.id IN %s", found.subselect())
        return SQL(
            """
            SELECT c.commercial_partner_id AS partner_id, l.company_id,
                   SUM(l.amount_residual) AS overdue
              FROM account_move_line l
              JOIN res_partner c ON c.id = l.partner_id
             WHERE %s
             GROUP BY 1, 2
            """,
            visible,
        )

    def action_open_orders(self):
        """Open the orders and quotations of the customer, as one may see them."""
        self.ensure_one()
        return open_records(
            self.env,
            "sale.action_orders",
            [
                ("partner_id", "child_of", self.partner_id.id),
                ("company_id", "=", self.company_id.id),
                ("state", "!=", "cancel"),
            ],
        )

    @api.model
    def _search(self, domain, *args, **kwargs):
        """The columns are made of many tables: all of them are written before."""
        self.env.flush_all()
        return super()._search(domain, *args, **kwargs)
