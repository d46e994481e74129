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
            login=self.login or "",
            secret=self.secret or "",
            key=self.key or "",
            app=self.app or "",
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
        page = feed.page(self.cursor or {})
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

    def _take(self, rows, name):
        """Give rows to the exchange, and keep what it refuses.

        :param str name: of the message, within the connector
        :return: Counter of what became of them, by state
        """
        if not rows:
            return Counter()
        rules = self.field_ids._rules()
        records = [mapped(row, self.kind, rules) for row in rows]
        messages = self.env["supplier.exchange.message"]
        message = messages.take(
            self.source_id,
            {
                "contract": messages._contract(),
                "id": f"connector-{self.id}-{name[:80]}-{uuid4().hex[:12]}",
                "records": records,
            },
        )
        results = message.result_ids.sorted("number")
        self._keep_refused(rows, results)
        return Counter(results.mapped("state"))

    def _keep_refused(self, rows, results):
        """Keep what was refused; what was refused before and is taken now is solved."""
        by_stamp = {
            checksum([row]): (row, result)
            for row, result in zip(rows, results, strict=True)
        }
        letters = self.env["supplier.connector.letter"].sudo()
        known = letters.search(
            [("connector_id", "=", self.id), ("stamp", "in", list(by_stamp))]
        ).grouped("stamp")
        new = []
        for stamp, (row, result) in by_stamp.items():
            letter = known.get(stamp)
            refused = result.state == "refused"
            said = {"reason": result.reason, "mend": result.mend}
            if letter and refused:
                tries = letter.tries + 1
                letter._write_guarded({**said, "tries": tries})
            elif letter and letter.state == "open":
                letter._write_guarded({"state": "solved"})
            elif refused:
                external_id = result.external_id
                new.append({**said, "stamp": stamp, "external_id": external_id})
                new[-1].update(connector_id=self.id, row=row)
        letters._unguarded().create(new)

    def _plan_next(self):
        hours = self.interval_hours
        now = fields.Datetime.now()
        after = fields.Datetime.add(now, hours=hours) if hours else False
        self._write_guarded({"date_next": after})
