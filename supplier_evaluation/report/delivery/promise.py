"""SQL of what a line ``l`` of an order ``o`` had promised at the cut-off.

``u`` is the unit of its product, ``lu`` the unit in which it was ordered.
"""

from odoo.tools import SQL

# What is ordered now, as exact as it is, in the unit of the product.
ORDERED_NOW = SQL(
    """
    (CASE WHEN lu.id = u.id THEN l.product_qty
          ELSE l.product_qty * lu.factor / u.factor END)::float8
    """
)
CONFIRMED = SQL("COALESCE(l.date_promise_frozen, o.date_approve)")
# What a line is worth for each unit of its product; one of which nothing is ordered any
# more has no subtotal that could tell.
UNIT_VALUE = SQL(
    """
    (CASE WHEN l.product_qty <> 0 THEN l.price_subtotal / %s
          ELSE COALESCE(l.price_promised * u.factor / lu.factor, 0) END)::float8
    """,
    ORDERED_NOW,
)


class PromiseAtCutoff:
    """What was promised as it stood at the cut-off.

    :param datetime cutoff: nothing that happened later is looked at
    :param list rebased: ids of the lines that were changed later
    """

    def __init__(self, cutoff, rebased):
        self.cutoff = cutoff
        self.rebased = rebased

    @property
    def date(self):
        """The promised instant."""
        return self._before("date_from", SQL("l.date_promised"))

    @property
    def quantity(self):
        """The promised quantity, in the unit of the product."""
        return self._before(
            "quantity_from", SQL("COALESCE(l.quantity_promised, %s)", ORDERED_NOW)
        )

    @property
    def cancelled(self):
        """The instant at which the line was cancelled, NULL if it was not.

        Of a line that was cancelled before this was written down it is not known: it is
        taken as cancelled in time.
        """
        return SQL(
            """
            CASE WHEN l.date_promise_cancelled IS NOT NULL
                 THEN CASE WHEN l.date_promise_cancelled <= %(cutoff)s
                           THEN l.date_promise_cancelled END
                 WHEN o.state <> 'purchase' OR l.product_qty <= 0
                 THEN '1900-01-01'::timestamp END
            """,
            cutoff=self.cutoff,
        )

    @property
    def excused(self):
        """Whether somebody said by the cut-off that cancelling was our decision."""
        return SQL("COALESCE(l.date_promise_excused <= %s, FALSE)", self.cutoff)

    def _before(self, name, value):
        """A value of the line; of lines changed later, the one before that."""
        if not self.rebased:
            return value
        return SQL(
            """
            CASE WHEN l.id = ANY(%(rebased)s)
                 THEN COALESCE((
                      SELECT c.%(name)s FROM supplier_promise_change c
                       WHERE c.line_id = l.id AND c.reason <> 'supplier'
                         AND c.date > %(cutoff)s
                       ORDER BY c.date, c.id LIMIT 1), %(value)s)
                 ELSE %(value)s END
            """,
            rebased=self.rebased,
            name=SQL.identifier(name),
            cutoff=self.cutoff,
            value=value,
        )
