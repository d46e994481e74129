from odoo import api, models
from odoo.tools import SQL

from .documents import BUILDING, DOCUMENTS, ORDERS
from .supplier_fact_change import Pending
from .watch import EVERYTHING

SUMS = "supplier.fact.sum.mixin"
# Transactions that write sums have this lock, one at a time.
LOCK = 7_326_515_011
# How many orders or bills have their sums made in one transaction.
DOCUMENTS_AT_ONCE = 20_000


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
        """Make the sums of the documents anew of which a change is noted.

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
        if self._is_unmade(noted):
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
        :param Pending pending: the documents that this is about
        """
        for model in self._sum_models():
            model._refresh(pending)

    def _sum_models(self, documents=None):
        """Return the models that hold sums.

        :param Documents documents: those that hold sums of these only
        """
        names = sorted(self.env.registry.descendants([SUMS], "_inherit"))
        models = [self.env[name] for name in names if not self.env[name]._abstract]
        return [model for model in models if documents in (None, model._documents)]

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
    def _make_all(self, step_done):
        """Make all sums anew, now.

        :param step_done: called after each step, to keep it
        :return: whether they are made; not, when another process is at it
        :rtype: bool
        """
        self._rebuild()
        step_done()
        while self._build_next():
            step_done()
        step_done()
        return not self._is_unmade(self._noted())

    @api.model
    def _build_next(self):
        """Make the next sums of all documents; the first time, forget those there are.

        :return: whether there is more to do
        :rtype: bool
        """
        if not self._lock():
            return False
        noted = self._noted()
        if EVERYTHING in noted:
            self._begin_building()
            noted = {ORDERS.building: [0]}
        for documents in DOCUMENTS:
            if documents.building in noted:
                return self._build(documents, max(noted[documents.building]))
        return False

    def _build(self, documents, last):
        """Make the next sums of documents of one kind.

        :param Documents documents: the kind
        :param int last: id of the last one that has its sums
        :return: whether there is more to do, of these or of others
        :rtype: bool
        """
        ids = self._next_documents(documents, last)
        for model in self._sum_models(documents):
            model._refresh(Pending.of(documents, ids))
        if len(ids) == DOCUMENTS_AT_ONCE:
            self._note_built(documents, ids[-1])
            return True
        for following in DOCUMENTS[DOCUMENTS.index(documents) + 1 :]:
            self._note_built(following, 0)
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
        self._note_built(ORDERS, 0)

    def _note_built(self, documents, last):
        """Note which is the last document that has its sums."""
        self._forget_built()
        self.env.cr.execute(
            SQL(
                "INSERT INTO supplier_fact_change (kind, res_id) VALUES (%s, %s)",
                documents.building,
                last,
            )
        )

    def _end_building(self):
        """PostgreSQL knows nothing of so many new rows yet."""
        for model in self._sum_models():
            self.env.cr.execute(SQL("ANALYZE %s", SQL.identifier(model._table)))
        self._forget_built()

    def _forget_built(self):
        self.env.cr.execute(
            SQL("DELETE FROM supplier_fact_change WHERE kind IN %s", tuple(BUILDING))
        )

    def _next_documents(self, documents, last):
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM %s WHERE id > %s AND %s ORDER BY id LIMIT %s",
                SQL.identifier(self.env[documents.model]._table),
                last,
                documents.which,
                DOCUMENTS_AT_ONCE,
            )
        )
        return [document_id for (document_id,) in rows]
