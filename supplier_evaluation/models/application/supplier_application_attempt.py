import ipaddress
import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL
from odoo.tools.misc import hmac

TRIES = 5
HOURS_KEPT = 24

_logger = logging.getLogger(__name__)


class SupplierApplicationAttempt(models.Model):
    """How often somebody used the public page, in each hour or day.

    In the database, so that all workers count together. An address is kept as a hash
    with the secret of the database, and for a day.
    """

    _name = "supplier.application.attempt"
    _description = "Attempt to Apply"
    _order = "id"
    _log_access = False

    key = fields.Char(required=True, readonly=True)
    date = fields.Datetime(string="Counted From", required=True, readonly=True)
    count = fields.Integer(string="Times", required=True, readonly=True)

    _key_date_uniq = models.Constraint(
        "UNIQUE (key, date)", "Attempts of an hour are counted together."
    )

    @api.model
    def _take(self, kind, who, limit, hours=1):
        """Count an attempt; return whether it is within the limit.

        It is counted in a transaction of its own: what becomes of the page does not
        undo it, and others do not wait for the page.

        :param str kind: what is counted, ``page`` or ``mail``
        :param str who: the network or mail address
        :param int limit: most attempts
        :param int hours: in so many hours, from the full hour or day on
        """
        now = fields.Datetime.now()
        start = now.replace(minute=0, second=0, microsecond=0)
        if hours == HOURS_KEPT:
            start = start.replace(hour=0)
        key = hmac(self.sudo().env, f"supplier.application.{kind}", who)
        for left in reversed(range(TRIES)):
            try:
                with self.env.registry.cursor() as cr:
                    return self.with_env(self.env(cr=cr))._count(key, start, limit)
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY as error:
                _logger.info("Attempt met %s, %s tries left", error, left)
        return False

    @api.model
    def _count(self, key, start, limit):
        """Count one more, unless there are as many as the limit; return whether."""
        rows = self.env.execute_query(
            SQL(
                """
                INSERT INTO supplier_application_attempt AS attempt (key, date, count)
                     VALUES (%(key)s, %(start)s, 1)
                ON CONFLICT (key, date) DO UPDATE SET count = attempt.count + 1
                      WHERE attempt.count < %(limit)s
                  RETURNING count
                """,
                key=key,
                start=start,
                limit=limit,
            )
        )
        return bool(rows)

    @api.model
    def _forget(self):
        """Delete what is older than a day, a day being the longest that is counted."""
        before = fields.Datetime.now() - timedelta(hours=HOURS_KEPT)
        self.env.execute_query(
            SQL(
                "DELETE FROM supplier_application_attempt WHERE date < %s RETURNING id",
                before,
            )
        )


def network_of(address):
    """Return what is counted together: an address, of IPv6 the network of 64 bits.

    Whoever has one of these addresses has all of its network.

    >>> network_of("203.0.113.7"), network_of("2001:db8:1:2:3::4")
    ('203.0.113.7', '2001:db8:1:2::/64')
    >>> network_of("unknown")
    'unknown'
    """
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return str(address or "")
    if parsed.version == 4:
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((parsed, 64), strict=False))
