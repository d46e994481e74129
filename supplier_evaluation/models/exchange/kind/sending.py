"""How records of one kind go out, page by page."""

import re
from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ....exchange.contract import CONTRACT
from ....exchange.kinds import KINDS

MOST = 1_000
#: What is this young may have a neighbour that is not written to the end yet, on a
#: clock that is not quite ours.
SETTLED = timedelta(minutes=5)
#: No transaction takes longer, of those that end while we begin to look.
LONGEST = timedelta(hours=1)
_TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{6})?"
# As far as it was given, and from where on it is looked at again when that was all.
_CURSOR = re.compile(rf"({_TIME})~(\d{{1,18}})(?:~({_TIME}))?", re.ASCII)


class SupplierExchangeKind(models.AbstractModel):
    """What changed since the cursor of the last time, in the order of the changes.

    A record may come twice, never not at all: somebody may still be writing one whose
    time is before that of the last one given. Its identifier tells.
    """

    _inherit = "supplier.exchange.kind"

    @api.model
    def _out_domain(self, company):
        """Return which records go out."""
        return [("company_id", "=", company.id)]

    @api.model
    def _out_clock(self, table):
        """Return when a record changed last, as SQL."""
        return SQL.identifier(table, "write_date")

    @api.model
    def _out(self, records):
        """Return what records say, in the words of the contract.

        :rtype: dict
        :return: number of the record -> field -> value
        """
        raise NotImplementedError

    @api.model
    def _vendor_of(self, record):
        """Return of whom a record is."""
        return record.commercial_partner_id

    @api.model
    def _give(self, source, cursor="", limit=MOST):
        """Return a page of records for a system.

        :param source: ``supplier.exchange.source``
        :param str cursor: that of the page before; empty: from the beginning
        :param int limit: records at most
        :rtype: dict
        :raises UserError: the cursor is none of ours
        """
        since, again = self._read_cursor(cursor), self._read_again(cursor)
        # Before it is looked: who ends meanwhile may have been seen or not.
        settled = min(filter(None, (again, self._settled())))
        limit = max(1, min(limit, MOST))
        rows = self._changed(source.company_id, since, limit + 1)
        more = len(rows) > limit
        rows = rows[:limit]
        records = self.env[self._writes].browse([number for number, _time in rows])
        return {
            "contract": CONTRACT,
            "kind": self._kind,
            "records": self._give_records(source, records),
            "cursor": self._next_cursor(rows, since, more, settled) or cursor,
            "more": more,
        }

    @api.model
    def _give_records(self, source, records):
        """Return records as dicts, with kind and identifier."""
        said, there = self._out(records), {}
        kind = KINDS[self._kind]
        has_vendor, has_there = kind.field("supplier"), kind.field("supplier_there")
        if has_there:
            vendors = self.env["res.partner"].union(
                *(self._vendor_of(record).sudo() for record in records)
            )
            there = self._identifiers_there(source, vendors)
        given = []
        for record in records:
            values = {"kind": self._kind, "id": str(record.id)}
            if has_vendor:
                # Who reads the record reads whose it is, though that be elsewhere now.
                vendor = self._vendor_of(record).sudo()
                values["supplier"] = str(vendor.id) if vendor else None
                values["supplier_name"] = vendor.name or None
                if has_there:
                    values["supplier_there"] = there.get(vendor.id)
            given.append({**values, **said[record.id]})
        return given

    @api.model
    def _identifiers_there(self, source, vendors):
        identities = self.env["supplier.exchange.identity"].sudo()
        found = identities.search(
            [
                ("source_id", "=", source.id),
                ("kind", "=", "supplier"),
                ("partner_id", "in", vendors.ids),
            ]
        )
        return {one.partner_id.id: one.external_id for one in found}

    @api.model
    def _changed(self, company, since, limit):
        """Return pairs of number and time of what changed, the oldest first."""
        records = self.env[self._writes].with_context(active_test=False)
        records.flush_model()
        query = records._search(self._out_domain(company))
        clock = self._out_clock(query.table)
        number = SQL.identifier(query.table, "id")
        if since:
            query.add_where(SQL("(%s, %s) > (%s, %s)", clock, number, *since))
        query.order = SQL("%s, %s", clock, number)
        query.limit = limit
        return self.env.execute_query(query.select(number, clock))

    @api.model
    def _read_cursor(self, cursor):
        if not cursor:
            return None
        found = _CURSOR.fullmatch(str(cursor))
        try:
            datetime.fromisoformat(found[3] or found[1])
            return datetime.fromisoformat(found[1]), int(found[2])
        except (TypeError, ValueError) as error:
            raise UserError(
                self.env._(
                    "“%s” is no cursor. Send that of the last answer, or none.",
                    str(cursor)[:50],
                )
            ) from error

    @api.model
    def _read_again(self, cursor):
        """Return from where on it is looked at again after the last page, or None.

        A page may be asked for much later than the one before: by then nobody knows
        any more who was writing.
        """
        found = _CURSOR.fullmatch(str(cursor or ""))
        return datetime.fromisoformat(found[3]) if found and found[3] else None

    @api.model
    def _next_cursor(self, rows, since, more, settled):
        """Return where the next page begins, or an empty text for the beginning."""
        if rows:
            number, time = rows[-1]
        elif since:
            time, number = since
        else:
            return ""
        if time <= settled:
            return f"{time.isoformat()}~{number}"
        if more:
            return f"{time.isoformat()}~{number}~{settled.isoformat()}"
        return f"{settled.isoformat()}~0"

    @api.model
    def _settled(self):
        """Return before which time nothing changes any more.

        What a transaction writes has the time at which it began, and is seen when it
        ends: so none that is under way began before. Nobody knows when one began that
        was under way when our own began to look, and is not any more.
        """
        # Else those of the first question in this transaction.
        self.env.cr.execute("SELECT PG_STAT_CLEAR_SNAPSHOT()")
        [(oldest,)] = self.env.execute_query(
            SQL(
                """
                SELECT MIN(xact_start) AT TIME ZONE 'UTC'
                  FROM pg_stat_activity
                 WHERE datname = CURRENT_DATABASE()
                   AND backend_type = 'client backend'
                   AND pid <> PG_BACKEND_PID()
                """
            )
        )
        age = LONGEST if self._has_one_ended() else SETTLED
        settled = fields.Datetime.now() - age
        return min(settled, oldest) if oldest else settled

    @api.model
    def _has_one_ended(self):
        """Whether one that we do not see was committed since we began to look."""
        [(has_ended,)] = self.env.execute_query(
            SQL(
                """
                SELECT EXISTS (
                           SELECT
                             FROM PG_SNAPSHOT_XIP(PG_CURRENT_SNAPSHOT()) AS under(way)
                            WHERE PG_XACT_STATUS(under.way) = 'committed'
                       )
                """
            )
        )
        return has_ended
