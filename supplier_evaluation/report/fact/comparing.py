from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ...tools.scheduled import Work, run_scheduled

# How many orders are compared in one transaction.
ORDERS_AT_ONCE = 2_000
# What changed in these days is compared every night, of the rest a part each night.
RECENT_DAYS = 7
NIGHTS = 60


class SupplierFactChange(models.Model):
    """How sums are compared with the live query, every night."""

    _inherit = "supplier.fact.change"

    @api.model
    def _cron_compare(self):
        """Compare what changed lately and a part of the rest, and mend what differs.

        :raises ValidationError: something differed; by then it is mended
        """
        orders = self._orders_to_compare()
        run_scheduled(
            self.env,
            Work(
                "Sums",
                [
                    orders[start : start + ORDERS_AT_ONCE]
                    for start in range(0, len(orders), ORDERS_AT_ONCE)
                ],
                lambda chunks: [self._assert_same(chunk) for chunk in chunks],
                describe=lambda chunk: f"Orders {chunk[0]} to {chunk[-1]}",
                failed=lambda chunk, _error: self._mend(chunk),
            ),
        )

    def _orders_to_compare(self):
        night = fields.Date.today().toordinal() % NIGHTS
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM purchase_order"
                " WHERE write_date > %s OR id %% %s = %s ORDER BY id",
                fields.Datetime.now() - timedelta(days=RECENT_DAYS),
                NIGHTS,
                night,
            )
        )
        return [order_id for (order_id,) in rows]

    def _assert_same(self, orders):
        """Compare the sums of orders with what the live query says.

        :raises ValidationError: they differ
        """
        wrong = self._differing(orders)
        if wrong:
            raise ValidationError(
                self.env._(
                    "The stored sums of these orders were not what their records say. "
                    "They are made anew: %(orders)s",
                    orders=", ".join(
                        self.env["purchase.order"].browse(sorted(wrong)).mapped("name")
                    ),
                )
            )

    def _differing(self, orders):
        """Return the ids of the orders with a sum that is not what it should be.

        :param list orders: ids; of those that changed since sums were made, nothing is
            said
        """
        pending = self._pending()
        if pending is None:
            return set()
        settled = sorted({*orders}.difference(pending.orders))
        return {
            order_id
            for model in self._sum_models()
            for order_id in model._differing(settled)
        }

    def _mend(self, orders):
        """Have the sums of orders made anew."""
        self.env.cr.execute(
            SQL(
                "INSERT INTO supplier_fact_change (kind, res_id)"
                " SELECT 'order', UNNEST(%s::integer[])",
                sorted(self._differing(orders)),
            )
        )
