from odoo import api, models
from odoo.tools import SQL

from .supplier_fact_change import BUILDING, Pending
from .watch import EVERYTHING

SUMS = "supplier.fact.sum.mixin"
# Transactions that write sums have this lock, one at a time.
LOCK = 7_326_515_011
# How many orders have their sums made in one transaction.
ORDERS_AT_ONCE = 20_000


class SupplierFactChange(models.Model):
    """How sums are brought up to date, and made anew."""

    _inherit = "supplier.fact.change"

    @api.model
    def _cron_catch_up(self):
        """Make what sums are missing, and bring the others up to date.

        :raises Exception: what the database says of sums that cannot be made
        """
        cron = self.env["ir.cron"]
        while self._build_next():
            if not cron._commit_progress(1, remaining=1):
                return
        self._catch_up()

    @api.model
    def _catch_up(self):
        """Make the sums of the orders anew of which a change is noted.

        What others change meanwhile is noted by rows that this transaction does not
        see, and stays.

        :return: whether the sums know all now; not, when another process is at it, or
            they have never been made
        :rtype: bool
        """
        self.env.flush_all()
        if not self._lock():
            return False
        noted = self._noted()
        if EVERYTHING in noted or BUILDING in noted:
            return False
        if noted:
            self.env.cr.execute(SQL("DELETE FROM supplier_fact_change"))
            self._write_sums(noted, self._pending_of(noted))
        return True

    def _lock(self):
        [(is_ours,)] = self.env.execute_query(
            SQL("SELECT pg_try_advisory_xact_lock(%s)", LOCK)
        )
        return is_ours

    def _write_sums(self, noted, pending):
        """Write the sums of what changed.

        :param dict noted: ids of what changed, by its kind
        :param Pending pending: the orders that this is about
        """
        for model in self._sum_models():
            model._refresh(pending)

    def _sum_models(self):
        """Return the models that hold sums."""
        names = sorted(self.env.registry.descendants([SUMS], "_inherit"))
        return [self.env[name] for name in names if not self.env[name]._abstract]

    # ------------------------------------------------------------
    # All of them
    # ------------------------------------------------------------

    @api.model
    def _rebuild(self):
        """Forget all sums; the scheduled action makes them anew."""
        self.env.cr.execute(
            SQL(
                "INSERT INTO supplier_fact_change (kind, res_id) VALUES (%s, 0)",
                EVERYTHING,
            )
        )

    @api.model
    def _build_next(self):
        """Make the next sums of all orders; the first time, forget those there are.

        :return: whether there is more to do
        :rtype: bool
        """
        if not self._lock():
            return False
        noted = self._noted()
        if EVERYTHING in noted:
            self._begin_building()
            last = 0
        elif BUILDING in noted:
            last = max(noted[BUILDING])
        else:
            return False
        orders = self._orders_after(last)
        for model in self._sum_models():
            model._refresh(Pending(orders, []))
        if len(orders) == ORDERS_AT_ONCE:
            self._note_built(orders[-1])
            return True
        self._end_building()
        return False

    def _begin_building(self):
        """What is noted up to now will be part of the sums."""
        self.env.cr.execute(SQL("DELETE FROM supplier_fact_change"))
        for model in self._sum_models():
            self.env.cr.execute(
                SQL("DELETE FROM %s", SQL.identifier(model._table)),
            )
        self._note_built(0)

    def _note_built(self, order_id):
        self.env.cr.execute(
            SQL("DELETE FROM supplier_fact_change WHERE kind = %s", BUILDING)
        )
        self.env.cr.execute(
            SQL(
                "INSERT INTO supplier_fact_change (kind, res_id) VALUES (%s, %s)",
                BUILDING,
                order_id,
            )
        )

    def _end_building(self):
        """PostgreSQL knows nothing of so many new rows yet."""
        for model in self._sum_models():
            self.env.cr.execute(SQL("ANALYZE %s", SQL.identifier(model._table)))
        self.env.cr.execute(
            SQL("DELETE FROM supplier_fact_change WHERE kind = %s", BUILDING)
        )

    def _orders_after(self, last):
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM purchase_order WHERE id > %s ORDER BY id LIMIT %s",
                last,
                ORDERS_AT_ONCE,
            )
        )
        return [order_id for (order_id,) in rows]
