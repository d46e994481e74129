from datetime import timedelta

from odoo import api, fields, models

#: An hour each after the first ones: a system may be away over a long weekend.
TRIES = 100
#: So long it can be looked up what a system took.
KEPT = timedelta(days=90)
AT_ONCE = 1_000


class SupplierOutbox(models.Model):
    _inherit = "supplier.outbox"

    def _most_tries(self):
        """A person is not asked while a system is only away."""
        is_program = self.channel_id.kind == "exchange"
        return TRIES if is_program else super()._most_tries()

    @api.autovacuum
    def _gc_taken(self):
        """Delete what systems took long ago; what was told last is kept elsewhere.

        :return: pair of how many were deleted, and whether there are more
        """
        old = self.search(
            [
                ("channel_id.kind", "=", "exchange"),
                ("state", "=", "sent"),
                ("date_sent", "<", fields.Datetime.now() - KEPT),
            ],
            limit=AT_ONCE,
        )
        count = len(old)
        old.unlink()
        return count, count == AT_ONCE

    def action_retry(self):
        """Leave out what a later message told: the old would be believed."""
        dead = self._managed().filtered(
            lambda one: (
                one.state in ("dead", "dropped") and one.channel_id.kind == "exchange"
            )
        )
        dead._leave_out_older()
        empty = dead.filtered(lambda one: not one._records())
        # A later message told all of it: there is nothing to send.
        empty._write_guarded({"state": "dropped", "date_next": False})
        return super(SupplierOutbox, self - empty).action_retry()

    def _records(self):
        """Return the records that it tells."""
        return (self.content or {}).get("data", {}).get("records", [])

    def _leave_out_older(self):
        names = {}
        for message in self:
            data = (message.content or {}).get("data", {})
            own = names.setdefault(data.get("feed"), set())
            own.update(record["id"] for record in data.get("records", ()))
        numbers = self.env["supplier.outbox.feed.record"]._numbers_of(names)
        for message in self:
            message._keep_records(numbers)

    def _keep_records(self, numbers):
        """Keep the records that no later message told of.

        :param dict numbers: feed and identifier -> number of the last message
        """
        self.ensure_one()
        content = self.content or {}
        data = content.get("data", {})
        records = data.get("records", [])
        left = [
            one
            for one in records
            if numbers.get((data.get("feed"), one["id"]), 0) <= data["number"]
        ]
        if len(left) < len(records):
            data = {**data, "records": left}
            self._write_guarded({"content": {**content, "data": data}})
