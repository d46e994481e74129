from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...scoring.scope import CONTEXT_KEY, DAY
from ..fact.hints import days_of

# Among the lines of how many days a page is looked for, before all are.
NEWEST = (7, 31)


class SupplierNewestFactMixin(models.AbstractModel):
    """Facts of prices, of which a page is looked for among the newest lines first."""

    _name = "supplier.newest.fact.mixin"
    _description = "Fact of a Price"

    @api.model
    def _find_page(self, find, domain, offset, limit, order):
        """Look among the newest lines first."""
        if self._is_newest_first(order):
            newest = self._newest_day(domain)
            for days in NEWEST if newest else ():
                own = Domain(domain) & Domain("date", ">", newest - days * DAY)
                page = super()._find_page(find, own, offset, limit, order)
                if len(page) == limit:
                    return page
        return super()._find_page(find, domain, offset, limit, order)

    @api.model
    def _is_newest_first(self, order):
        """Whether a list has the order it begins with, as the web client says it.

        A question with a scope has its days: of it no others are looked at first.
        """
        is_as_at_first = not order or order.lower() == self._order
        return is_as_at_first and not self.env.context.get(CONTEXT_KEY)

    @api.model
    def _newest_day(self, domain):
        """Return the day of the newest line of sums that is asked for, or None.

        There may be newer ones that are no sums yet: they are lines since then, too.
        """
        _first, last = days_of(list(Domain(domain).optimize(self)))
        [(newest,)] = self.env.execute_query(
            SQL("SELECT MAX(day) FROM supplier_price_sum WHERE day <= %s", last)
        )
        return newest
