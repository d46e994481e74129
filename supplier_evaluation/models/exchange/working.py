"""Takes the records of a message, in batches."""

import json
import logging
from collections import defaultdict
from types import SimpleNamespace

from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...exchange.kinds import IN
from ...tools.bulk import bulk_update
from ...tools.scheduled import Work, run_scheduled
from .run import Run, handler

BATCH = 500
_logger = logging.getLogger(__name__)
# What a result is written with, and how the database has it.
_COLUMNS = {
    "state": "varchar",
    "reason": "text",
    "mend": "text",
    "note": "text",
    "content": "text",
    "res_model": "varchar",
    "res_id": "integer",
    "question_id": "integer",
}


class SupplierExchangeMessage(models.Model):
    """Batches: each is taken as a whole, and what is left is known at any time.

    In the background each is a transaction: what was taken is not waiting any more, in
    the same transaction. So whoever is killed loses nothing and takes nothing twice.
    """

    _inherit = "supplier.exchange.message"

    # ------------------------------------------------------------
    # Cron
    # ------------------------------------------------------------

    @api.model
    def _cron_take(self):
        """Go on with the messages that are under way, in the order they came.

        :raises Exception: what nobody foresaw; the message is marked as failed
        """
        messages = self.search([("state", "=", "open")], order="id")
        runs = {}
        run_scheduled(
            self.env,
            Work(
                "Records of other systems",
                [part for message in messages for part in message._parts()],
                lambda parts: self._take_part(*parts[0], runs),
                failed=lambda part, error: self.browse(part[0])._fail(error),
            ),
        )

    def _parts(self):
        """Return what waits, in parts that are taken one after the other.

        :return: pairs of the message and the results; a message that is done but for
            its end has one part without results
        """
        waiting = self.env["supplier.exchange.result"].search(
            [("message_id", "=", self.id), ("state", "=", "waiting")],
            order="rank, number, id",
        )
        ids = waiting.ids
        parts = [ids[start : start + BATCH] for start in range(0, len(ids), BATCH)]
        return [(self.id, part) for part in parts or [[]]]

    def _take_part(self, message_id, ids, runs):
        """Take some records, as far as that was not done yet.

        :param dict runs: number of a message -> what it has looked up so far
        """
        message = self.browse(message_id).exists()
        if message.state != "open":
            return
        if message_id not in runs:
            runs[message_id] = message._run()
        run = runs[message_id]
        # Whatever fails until this is committed: what was created is not there then.
        self.env.cr.postrollback.add(run.restart)
        message._work(ids, run)
        message._end()
        self.env.flush_all()
        self.env.invalidate_all()

    def _end(self):
        """End the message, when nothing waits any more."""
        left = self.env["supplier.exchange.result"].search_count(
            [("message_id", "=", self.id), ("state", "=", "waiting")], limit=1
        )
        if not left:
            self.state = "done"

    def _fail(self, error):
        """Say what went wrong; whoever is responsible can let it go on."""
        if self.state == "open":
            self.write({"state": "failed", "error": str(error)})

    def action_go_on(self):
        """Take what still waits of a message that failed.

        :raises AccessError: the user may not write its system
        """
        self.source_id.check_access("write")
        for message in self.sudo().filtered(lambda one: one.state == "failed"):
            message.write({"state": "open", "error": False})
        cron = self.env.ref("supplier_evaluation.ir_cron_supplier_exchange")
        cron.sudo()._trigger()

    # ------------------------------------------------------------
    # Batches
    # ------------------------------------------------------------

    def _run(self, answers=None):
        """Return a run with the rights of whoever took the message."""
        self.ensure_one()
        taker = self._taker()
        env = self.with_user(taker).with_company(self.company_id).env
        env = env(
            context={
                "lang": taker.lang,
                "allowed_company_ids": self.company_id.ids,
                "tracking_disable": True,
                "mail_create_nosubscribe": True,
            }
        )
        return Run(env, self.source_id, self.dry_run, answers)

    def _taker(self):
        """Return with whose rights the records are taken.

        What the server fetched is taken by whoever is responsible for the system: the
        server itself may do anything, in any company.

        :raises UserError: nobody is
        """
        taker = self.user_id
        if taker.id == SUPERUSER_ID:
            taker = self.source_id.user_id
            if not taker.active or self.company_id not in taker.company_ids:
                raise UserError(
                    self.env._(
                        "Nobody who works in %(company)s is responsible for the system "
                        "%(system)s: choose somebody there.",
                        company=self.company_id.name,
                        system=self.source_id.name,
                    )
                )
        return taker

    def _work_all(self):
        """Take all records in this transaction."""
        self.ensure_one()
        run = self._run()
        if self.dry_run:
            self._try_all(run)
        else:
            for _message, ids in self._parts():
                self._work(ids, run)
        self._end()
        self.invalidate_recordset()

    def _try_all(self, run):
        """Look what would be done: all of it is rolled back but the answers."""
        rows = []
        with self.env.cr.savepoint() as savepoint:
            for _message, ids in self._parts():
                rows += self._outcomes(ids, run)
            self.env.flush_all()
            savepoint.rollback()
        self.env.invalidate_all()
        self._write_results(rows)

    def _work(self, ids, run):
        """Take some records, and write down what became of them."""
        self._write_results(self._outcomes(ids, run))

    def _outcomes(self, ids, run):
        """Take some records.

        :param list ids: of results; those that do not wait any more are left out
        :return: what :meth:`_write_results` takes
        """
        waiting = self._waiting(ids)
        items = [
            run.item(one.id, json.loads(one.content), one.question_id or 0)
            for one in waiting
        ]
        self._leave_out_old(items)
        by_kind = defaultdict(list)
        for item in items:
            if not item.state:
                by_kind[item.checked.kind].append(item)
        for kind in IN:
            if by_kind[kind]:
                self._take_kind(run, kind, by_kind[kind])
        if not run.dry_run:
            self.env["supplier.exchange.question"]._note(self, items)
        contents = {one.id: one.content for one in waiting}
        return [self._outcome(run, item, contents) for item in items]

    def _waiting(self, ids):
        """Return what still waits, with its content.

        The rows are locked: somebody else may be taking them.
        """
        self.env["supplier.exchange.result"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id, content, question_id
                  FROM supplier_exchange_result
                 WHERE id = ANY(%s) AND state = 'waiting'
                 ORDER BY rank, number, id
                   FOR UPDATE
                """,
                list(ids),
            )
        )
        return [
            SimpleNamespace(id=row_id, content=content, question_id=question)
            for row_id, content, question in rows
        ]

    def _leave_out_old(self, items):
        """Leave alone what a later message told: the old would be believed.

        One waits for the answer of a person, or failed, while the next ones are taken.
        """
        later = self._told_later([item.id for item in items])
        for item in items:
            if not item.state and (item.checked.kind, item.id) in later:
                item.state, item.is_old = "unchanged", True

    def _told_later(self, names):
        """Return of which records later messages of the system were taken.

        :param list names: identifiers
        :return: set of pairs of kind and identifier
        """
        self.flush_model(["source_id", "dry_run"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT result.kind, result.external_id
                  FROM supplier_exchange_result result
                  JOIN supplier_exchange_message message
                    ON message.id = result.message_id
                 WHERE message.source_id = %s
                   AND message.id > %s
                   AND NOT message.dry_run
                   AND result.external_id = ANY(%s)
                   AND result.state IN ('created', 'updated', 'unchanged')
                """,
                self.source_id.id,
                self.id,
                names,
            )
        )
        return set(rows)

    def _take_kind(self, run, kind, items):
        name = handler(kind)
        if name not in self.env:
            for item in items:
                run.refuse(item, "kind_absent", kind=kind)
            return
        run.env[name]._take(run, items)

    def _outcome(self, run, item, contents):
        note = run.words.note(item.checked.unknown, item.kept, item.is_old)
        is_open = item.state in ("refused", "question") and not self.dry_run
        given = is_open or item.state == "refused"
        there = item.record and not (self.dry_run and item.state == "created")
        model = run.env[handler(item.checked.kind)]._writes if there else None
        return (
            item.result_id,
            item.state,
            item.reason or None,
            item.mend or None,
            note or None,
            contents[item.result_id] if given else None,
            model,
            item.record if there else None,
            item.question_id or None,
        )

    def _write_results(self, rows):
        if rows:
            bulk_update(self.env["supplier.exchange.result"], _COLUMNS, rows)
