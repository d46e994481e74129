from odoo import api, fields, models
from odoo.tools import SQL

# Rows that may have moved a promise. What is ordered again takes over an earlier one;
# a row that tells of an earlier date of ours is read with it, and says what counted.
REBASED = "(reason = 'customer' OR date_to < promised_from)"


class SupplierSalePromiseChange(models.Model):
    """Who moved the day of delivery to a customer, from when to when, and for whom."""

    _name = "supplier.sale.promise.change"
    _inherit = ["supplier.register.mixin"]
    _description = "Change of a Promise to a Customer"
    _check_company_auto = True

    sale_line_id = fields.Many2one(
        "sale.order.line",
        string="Customer Order Line",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    sale_id = fields.Many2one(
        related="sale_line_id.order_id",
        string="Customer Order",
        store=True,
        index=True,
        ondelete="cascade",
    )
    product_id = fields.Many2one(related="sale_line_id.product_id")
    company_id = fields.Many2one(
        related="sale_line_id.company_id", store=True, precompute=True
    )
    # Whose wish it was, which decides whether it counts; the why in words is the note.
    reason = fields.Selection(
        selection=[
            ("us", "We moved the date"),
            ("customer", "The customer asked for the change"),
        ],
        required=True,
        readonly=True,
    )
    date_from = fields.Datetime(string="From", readonly=True)
    date_to = fields.Datetime(string="To", readonly=True)
    # What counted before, for who asks as of a day before.
    promised_from = fields.Datetime(string="Promise Before", readonly=True)
    is_late = fields.Boolean(
        string="Afterwards",
        readonly=True,
        help="The promise was moved when its day was over or all was delivered. A "
        "manager did it.",
    )
    note = fields.Char(readonly=True)

    _rebased_idx = models.Index(f"(company_id, date) WHERE {REBASED}")

    @api.model
    def _lines_rebased_after(self, company_id, cutoff):
        """Return the ids of the lines whose promise was another at the cut-off."""
        self.flush_model(
            ["company_id", "date", "date_to", "promised_from", "reason", "sale_line_id"]
        )
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT sale_line_id FROM supplier_sale_promise_change
                 WHERE %s AND company_id = %s AND date > %s
                """,
                SQL(REBASED),
                company_id,
                cutoff,
            )
        )
        return [line_id for (line_id,) in rows]
