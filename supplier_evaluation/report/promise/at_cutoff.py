"""SQL of what a line ``l`` of an order ``o`` had promised, and was, at the cut-off.

``u`` is the unit of its product, ``lu`` the unit in which it was ordered.
"""

from odoo.tools import SQL

from ...tools.streams import id_array

# What is ordered now, as exact as it is, in the unit of the product.
ORDERED_NOW = SQL(
    """
    (CASE WHEN lu.id = u.id THEN l.product_qty
          ELSE l.product_qty * lu.factor / u.factor END)::float8
    """
)
CONFIRMED = SQL("COALESCE(l.date_promise_frozen, o.date_approve)")
# What a line is worth for each unit of its product. The price of before counts where it
# was changed after the promised day, or nothing is ordered any more.
UNIT_VALUE = SQL(
    """
    (CASE WHEN l.price_weighed IS NOT NULL
          THEN l.price_weighed * u.factor / lu.factor
          WHEN l.product_qty <> 0 THEN l.price_subtotal / %s
          ELSE 0 END)::float8
    """,
    ORDERED_NOW,
)
NOTHING = SQL("NULL")
# What is read of changes, for ``_depends``.
CHANGES_READ = {
    "supplier.promise.change": [
        "cancelled_from",
        "date",
        "date_from",
        "excused_from",
        "line_id",
        "ordered_from",
        "quantity_from",
        "reason",
    ],
}


class PromiseAtCutoff:
    """What was promised as it stood at the cut-off.

    :param datetime cutoff: nothing that happened later is looked at
    :param list rebased: ids of the lines that were changed later
    """

    def __init__(self, cutoff, rebased):
        self.cutoff = cutoff
        self.rebased = rebased

    @classmethod
    def of(cls, env, scope, orders=None):
        """Look for the lines that were changed later; an analysis sees them all.

        :param list orders: ids of the orders that are asked about, all by default
        """
        changes = env["supplier.promise.change"]
        rebased = []
        if not scope.is_open:
            rebased = changes._lines_rebased_after(
                scope.company_id, scope.cutoff, orders
            )
        return cls(scope.cutoff, rebased)

    @property
    def date(self):
        """The promised instant."""
        return self._before(SQL("c.date_from"), SQL("l.date_promised"))

    @property
    def quantity(self):
        """The promised quantity, in the unit of the product."""
        return self._before(
            SQL("c.quantity_from::float8"),
            SQL("COALESCE(l.quantity_promised, %s)", ORDERED_NOW),
        )

    @property
    def ordered(self):
        """The quantity that was ordered, in the unit of the product; 0 is none.

        A change of before 19.0.1.2.0 tells only what was promised.
        """
        return self._before(
            SQL("COALESCE(c.ordered_from, c.quantity_from)::float8"), ORDERED_NOW
        )

    @property
    def cancelled(self):
        """The instant at which the line was cancelled, NULL if it was not.

        One that is open again since was cancelled then all the same. Of a line that was
        cancelled before this was written down it is not known: it is taken as cancelled
        in time.
        """
        return SQL(
            """
            CASE WHEN %(changed)s IS NOT NULL THEN %(before)s
                 WHEN l.date_promise_cancelled IS NOT NULL
                 THEN CASE WHEN l.date_promise_cancelled <= %(cutoff)s
                           THEN l.date_promise_cancelled END
                 WHEN o.state <> 'purchase' OR l.product_qty <= 0
                 THEN '1900-01-01'::timestamp END
            """,
            cutoff=self.cutoff,
            changed=self._before(SQL("c.ordered_from")),
            before=self._before(SQL("c.cancelled_from")),
        )

    @property
    def excused(self):
        """Whether somebody said by the cut-off that cancelling was our decision."""
        return SQL(
            "COALESCE(%s <= %s, FALSE)",
            self._before(SQL("c.excused_from"), SQL("l.date_promise_excused")),
            self.cutoff,
        )

    def _before(self, before, value=NOTHING):
        """A value of the line; of lines changed later, the one before that.

        :param SQL before: what the first change after the cut-off ``c`` tells
        :param SQL value: what the line says; none is nothing
        """
        if not self.rebased:
            return value
        return SQL(
            """
            CASE WHEN l.id = ANY(%(rebased)s)
                 THEN COALESCE((
                      SELECT %(before)s FROM supplier_promise_change c
                       WHERE c.line_id = l.id AND c.reason <> 'supplier'
                         AND c.date > %(cutoff)s
                       ORDER BY c.date, c.id LIMIT 1), %(value)s)
                 ELSE %(value)s END
            """,
            rebased=id_array(self.rebased),
            before=before,
            cutoff=self.cutoff,
            value=value,
        )
