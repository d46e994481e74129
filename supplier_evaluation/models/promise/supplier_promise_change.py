from odoo import api, fields, models
from odoo.tools import SQL


class SupplierPromiseChange(models.Model):
    """Who moved a promise or changed what is ordered, from what to what, and why."""

    _name = "supplier.promise.change"
    _inherit = ["supplier.register.mixin"]
    _description = "Change of a Promise"
    _check_company_auto = True

    line_id = fields.Many2one(
        "purchase.order.line",
        string="Order Line",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    order_id = fields.Many2one(
        related="line_id.order_id", store=True, index=True, ondelete="cascade"
    )
    product_id = fields.Many2one(related="line_id.product_id")
    company_id = fields.Many2one(
        related="line_id.company_id", store=True, precompute=True
    )
    # Whose wish it was, which decides whether it counts; the why in words is the note.
    reason = fields.Selection(
        selection=[
            ("buyer", "We asked for the change"),
            ("supplier", "The supplier moved the date"),
            ("order", "The order was changed"),
        ],
        required=True,
        readonly=True,
    )
    date_from = fields.Datetime(string="From", readonly=True)
    date_to = fields.Datetime(string="To", required=True, readonly=True)
    quantity_from = fields.Float(
        string="Quantity Before",
        readonly=True,
        digits=False,
        help="The promised quantity, in the product's own unit.",
    )
    quantity_to = fields.Float(
        string="Quantity After",
        readonly=True,
        digits=False,
        help="The ordered quantity, in the product's own unit.",
    )
    # What the line was before, for who asks as of a day before.
    ordered_from = fields.Float(string="Ordered Before", readonly=True, digits=False)
    cancelled_from = fields.Datetime(string="Cancelled Before", readonly=True)
    excused_from = fields.Datetime(string="Excused Before", readonly=True)
    is_late = fields.Boolean(
        string="Afterwards",
        readonly=True,
        help="The promise was moved for us when its day was over or the goods had "
        "come. A manager did it.",
    )
    note = fields.Char(required=True, readonly=True)

    _rebased_idx = models.Index("(company_id, date) WHERE reason <> 'supplier'")

    @api.model
    def _lines_rebased_after(self, company_id, cutoff, orders=None):
        """Return the ids of the lines that we changed after the cut-off.

        :param list orders: only lines of these, by their ids
        """
        self.flush_model(["company_id", "date", "line_id", "reason"])
        self.env["purchase.order.line"].flush_model(["order_id"])
        of_orders = SQL("TRUE")
        if orders is not None:
            of_orders = SQL(
                "line_id IN (SELECT id FROM purchase_order_line"
                " WHERE order_id = ANY(%s))",
                orders,
            )
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT line_id FROM supplier_promise_change
                 WHERE reason <> 'supplier' AND company_id = %s AND date > %s AND %s
                """,
                company_id,
                cutoff,
                of_orders,
            )
        )
        return [line_id for (line_id,) in rows]
