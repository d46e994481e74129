"""A page is read, taken and remembered in one transaction.

If the server stops in the middle, all of the page is undone, and the next run begins
with it again: nothing is lost, and nothing is taken twice.
"""

from collections import Counter
from uuid import uuid4

from odoo import fields, models

from ...feeds import FEEDS
from ...feeds.feed import Access
from ...feeds.mapping import checksum, mapped
from ...transport import Settings
from ..exchange.supplier_exchange_message import LONG

COUNTED = ("created", "updated", "unchanged", "question", "refused")


class SupplierConnector(models.Model):
    _inherit = "supplier.connector"

    def _feed(self):
        """Return what reads the system."""
        self.ensure_one()
        kind = FEEDS[self.preset]
        settings = Settings(
            per_second=self.per_second or kind.PER_SECOND,
            allow_private=self.allow_private,
        )
        access = Access(
            url=self.url,
            login_url=self.login_url or "",
            login=(self.login or "").strip(),
            secret=(self.secret or "").strip(),
            key=(self.key or "").strip(),
            app=(self.app or "").strip(),
            name=self.object_name or "",
            path=self.records_path or "",
            fields=tuple(
                dict.fromkeys(
                    line.path.partition(".")[0]
                    for line in self.field_ids
                    if line.form not in ("text", "hash")
                )
            ),
            size=self.page_size,
            subjects=self._subjects(),
        )
        return kind(access, settings)

    def _subjects(self):
        """Return whom a register is asked about: registry numbers of suppliers."""
        if self.preset != "tianyancha":
            return ()
        partners = self.env["res.partner"].search(
            [
                ("supplier_rank", ">", 0),
                ("parent_id", "=", False),
                ("company_registry", "!=", False),
                ("company_id", "in", (False, self.company_id.id)),
            ],
            order="id",
        )
        return tuple(dict.fromkeys(partners.mapped("company_registry")))

    def _read_page(self, feed, run):
        """Read and take one page.

        :return: whether there is another one
        :raises Problem: it could not be read
        """
        # Another process may be at it, or may have read some pages meanwhile.
        if not self.try_lock_for_update(allow_referencing=True):
            return False
        self.invalidate_recordset(["cursor"])
        page = feed.next_page(self.cursor or {})
        counts = self._take(page.rows, f"run-{run.id}-{run.page_count + 1}")
        cursor = page.cursor if page.more else self._cursor_at_end(page)
        self._write_guarded({"cursor": cursor or False})
        run._write_guarded(
            {
                "page_count": run.page_count + 1,
                "record_count": run.record_count + len(page.rows),
                "checksum": checksum(page.rows, run.checksum or ""),
                "cursor": cursor or False,
                **{
                    f"{state}_count": run[f"{state}_count"] + counts[state]
                    for state in COUNTED
                },
            }
        )
        return page.more

    def _cursor_at_end(self, page):
        """Return what is kept until the next run: all begins anew.

        Only a hub tells what was taken already; of others, what did not change is
        found out record by record.
        """
        return page.cursor if self.preset == "hub" else {}

    def _take(self, rows, name, letters=None):
        """Give rows to the exchange, and keep what it refuses.

        What is longer than a message that is taken at once goes as several.

        :param str name: of the messages, within the connector
        :param letters: one of each row, where they are tried again
        :return: Counter of what became of them, by state
        """
        counts = Counter()
        for start in range(0, len(rows), LONG):
            part = slice(start, start + LONG)
            tried = None if letters is None else letters[part]
            counts += self._take_part(rows[part], name, tried)
        return counts

    def _take_part(self, rows, name, letters):
        rules, tz = self.field_ids._rules(), self.tz or "UTC"
        messages = self.env["supplier.exchange.message"]
        message = messages.take(
            self.source_id,
            {
                "contract": messages._contract(),
                "id": f"connector-{self.id}-{name[:80]}-{uuid4().hex[:12]}",
                "records": [mapped(row, self.kind, rules, tz) for row in rows],
            },
        )
        results = message.result_ids.sorted("number")
        kept = self.env["supplier.connector.letter"].sudo()
        kept._note_results(self, rows, results, letters)
        return Counter(results.mapped("state"))

    def _plan_next(self):
        hours = self.interval_hours
        now = fields.Datetime.now()
        after = fields.Datetime.add(now, hours=hours) if hours else False
        self._write_guarded({"date_next": after})
