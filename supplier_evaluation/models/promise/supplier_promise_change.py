from odoo import api, fields, models
from odoo.tools import SQL


class SupplierPromiseChange(models.Model):
    """Who moved a promise, from when to when, and why."""

    _name = "supplier.promise.change"
    _inherit = ["supplier.register.mixin"]
    _description = "Change of a Promised Date"
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
            ("buyer", "We asked for another date"),
            ("supplier", "The supplier moved the date"),
        ],
        required=True,
        readonly=True,
    )
    date_from = fields.Datetime(string="From", readonly=True)
    date_to = fields.Datetime(string="To", required=True, readonly=True)
    note = fields.Char(required=True, readonly=True)

    _rebased_idx = models.Index("(company_id, date) WHERE reason = 'buyer'")

    @api.model
    def _lines_rebased_after(self, company_id, cutoff):
        """Return the ids of the lines whose promise we moved after the cut-off."""
        self.flush_model(["company_id", "date", "line_id", "reason"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT line_id FROM supplier_promise_change
                 WHERE reason = 'buyer' AND company_id = %s AND date > %s
                """,
                company_id,
                cutoff,
            )
        )
        return [line_id for (line_id,) in rows]
