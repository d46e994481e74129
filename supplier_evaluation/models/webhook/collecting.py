"""What changed becomes messages, page by page, each page in one transaction.

The message, what it said of each record and the cursor are kept together or not at
all: after a stop it goes on where it was, nothing is left out and nothing comes twice.
Sending is a matter of the queue; see ``models/outbox/sending.py``.
"""

import json

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...exchange.checking import content_hash
from ...tools.scheduled import Work, run_scheduled

#: A message has so many records at most, and about so many bytes.
RECORDS, SIZE = 200, 250_000
#: Characters of an error that are kept.
ERROR = 500


class SupplierOutboxFeed(models.Model):
    _inherit = "supplier.outbox.feed"

    @api.model
    def _cron_collect(self):
        """Make messages of what changed, for each system and kind by itself.

        :raises Exception: the error of one that failed, when the others are done
        """
        feeds = self.search(
            [
                ("channel_id.active", "=", True),
                ("company_id.active", "=", True),
                ("channel_id.kind", "=", "exchange"),
                ("channel_id.url", "!=", False),
                ("channel_id.source_id.active", "=", True),
            ]
        )
        run_scheduled(
            self.env,
            Work(
                "Records for other systems",
                feeds,
                lambda feed: feed._collect(),
                failed=lambda feed, error: feed._note_error(error),
            ),
        )

    def _collect(self):
        """Make messages as long as there is more, and time."""
        commit = self.env["ir.cron"]._commit_progress
        while self._collect_page():
            if commit() <= 0:
                self._trigger()
                return

    def _collect_page(self):
        """Make a message of the next page; return whether there is more.

        The cursor is moved on with the message, by one process at a time.
        """
        self.ensure_one()
        is_locked = self.try_lock_for_update(allow_referencing=True)
        if not is_locked or not self.channel_id.active:
            return False  # another process is at it, or it was switched off
        page = self._page()
        stamps = {one["id"]: content_hash(one)[:16] for one in page["records"]}
        said = self.env["supplier.outbox.feed.record"]._last_said(self, stamps)
        new = [
            one for one in page["records"] if said.get(one["id"]) != stamps[one["id"]]
        ]
        vals = {"cursor": self._next_cursor(page), "error": False}
        if new:
            vals |= {"number": self.number + 1, "date_last": fields.Datetime.now()}
        self._write_guarded(vals)
        if new:
            self._say(new, {one["id"]: stamps[one["id"]] for one in new})
        return page["more"]

    def _page(self):
        """Return the next page, small enough for a message."""
        limit = RECORDS
        while True:
            page = self._give(limit)
            size = len(json.dumps(page["records"], ensure_ascii=False).encode())
            if size <= SIZE or limit == 1:
                return page
            limit = max(1, min(limit // 2, len(page["records"]) * SIZE // size))

    def _give(self, limit):
        """Ask for a page with the rights of whoever is responsible for the system.

        :raises UserError: that person has left, or may not see such records
        """
        channel = self.channel_id
        channel._check_source()  # it may have been given to another company since
        source, user = channel.source_id, channel.source_id.user_id
        if not user.active:
            raise UserError(
                self.env._(
                    "%(user)s, who is responsible for %(system)s, has no access any "
                    "more. Choose somebody else there.",
                    user=user.name,
                    system=source.name,
                )
            )
        messages = channel._in_language(self.env["supplier.exchange.message"])
        messages = messages.with_user(user)
        source = source.with_env(messages.env)
        cursor = self.cursor or self._start()
        return messages.give(source, self.kind, cursor, limit)

    def _next_cursor(self, page):
        """Return where it goes on: pages overlap, yet not with what is not wanted."""
        read = self.env["supplier.exchange.kind"]._read_cursor
        cursors = [one for one in (page["cursor"], self._start()) if one]
        return max(cursors, key=read, default="")

    def _start(self):
        return f"{self.date_from.isoformat()}~0" if self.date_from else ""

    def _say(self, records, stamps):
        """Put a message with records into the queue of the system."""
        channel = self.channel_id
        env = channel._in_language(self).env
        kinds = dict(self._fields["kind"]._description_selection(env))
        key = f"{self.kind}-{self.id}-{self.number}-{content_hash(records)[:8]}"
        self.env["supplier.outbox"].sudo().enqueue(
            channel,
            key,
            {
                "title": env._(
                    "%(kind)s: %(count)s records",
                    kind=kinds[self.kind],
                    count=len(records),
                ),
                "data": {
                    "source": channel.source_id.code,
                    "feed": self.id,
                    "number": self.number,
                    "records": records,
                },
            },
        )
        self.env["supplier.outbox.feed.record"]._note(self, stamps)

    def _note_error(self, error):
        """Show where users look what was met."""
        self.exists()._write_guarded({"error": str(error)[:ERROR]})
