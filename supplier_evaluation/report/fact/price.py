"""The SQL of what a unit cost: after discount, without tax.

The price that was typed may have tax in it. The subtotal never has, but it is rounded:
three pieces at 1.50 yen are 5 yen, and cost 1.50 each all the same. So the typed price
is the price, unless tax is inside or the two differ by more than rounding.
"""

from odoo.tools import SQL

# What binary floats add to a difference, as a share of the amount.
NOISE = 1e-9
# Half of a rounding; amounts that differ by no more are the same.
HALF = 0.5 + 1e-6
# Of an amount of fewer roundings, rounding can be more than a hundredth.
FEW = 50
# A down payment ``a``, on the order ``l`` or taken off the final bill, is no goods.
IS_DOWNPAYMENT = SQL("COALESCE(a.is_downpayment OR l.is_downpayment, FALSE)")


class LinePrice:
    """Builds the SQL of the unit prices of lines, per unit of the line.

    :param str line: alias of the lines, with a price, discount and subtotal
    :param str currency: alias of their currency
    :param str quantity: name of the line's quantity
    :param str taxes: table of the lines' taxes
    :param str taxed: its column with the line
    """

    def __init__(self, line, currency, quantity, taxes, taxed):
        self.line = SQL.identifier(line)
        self.rounding = SQL.identifier(currency, "rounding")
        self.quantity = SQL.identifier(line, quantity)
        self.subtotal = SQL.identifier(line, "price_subtotal")
        self.taxes = SQL.identifier(taxes)
        self.taxed = SQL.identifier("link", taxed)

    @property
    def discounted(self):
        """The typed price after discount, with what tax is in it."""
        return self._after_discount(SQL("%s.price_unit", self.line))

    @property
    def has_tax(self):
        """Whether tax is in the typed price."""
        return SQL("EXISTS (%s)", _taxes_inside(SQL("1"), self._taxes()))

    def net(self):
        """Return the price after discount, without tax.

        Where tax is inside it is the rounded subtotal by the quantity. Of a subtotal of
        a few roundings, or none, that would be a price of its own making: there it is
        the typed price without the tax.
        """
        return SQL(
            """
            (CASE WHEN %(quantity)s = 0 OR %(typed)s = 0
                       THEN %(typed)s
                  WHEN ABS(%(subtotal)s) < %(rounding)s * %(few)s AND %(has_tax)s
                       THEN %(untaxed)s
                  WHEN %(off)s <= %(noise)s * ABS(%(typed)s * %(quantity)s)
                    OR %(off)s <= %(rounding)s * %(half)s AND NOT %(has_tax)s
                       THEN %(typed)s
                  ELSE %(subtotal)s / %(quantity)s END)
            """,
            quantity=self.quantity,
            off=SQL("ABS(%s - %s * %s)", self.subtotal, self.discounted, self.quantity),
            noise=NOISE,
            half=HALF,
            few=FEW,
            rounding=self.rounding,
            has_tax=self.has_tax,
            subtotal=self.subtotal,
            typed=self.discounted,
            untaxed=self._after_discount(self._untaxed()),
        )

    def gross(self, net):
        """Return the price before discount, without tax.

        :param SQL net: the price after it
        """
        return SQL(
            """
            (CASE WHEN %(subtotal)s = 0 OR %(line)s.discount >= 100 THEN %(untaxed)s
                  ELSE %(net)s / (1 - COALESCE(%(line)s.discount, 0) / 100) END)
            """,
            subtotal=self.subtotal,
            net=net,
            line=self.line,
            untaxed=self._untaxed(),
        )

    def _after_discount(self, price):
        return SQL(
            "(%s * (1 - COALESCE(%s.discount, 0) / 100))::float8", price, self.line
        )

    def _untaxed(self):
        """The typed price before discount, without the tax in it."""
        return without_tax(SQL("%s.price_unit", self.line), self._taxes())

    def _taxes(self):
        return SQL(
            "SELECT link.account_tax_id AS tax_id FROM %s link WHERE %s = %s.id",
            self.taxes,
            self.taxed,
            self.line,
        )


def without_tax(price, taxes):
    """Return a price without the tax that is in it.

    :param SQL price: what was typed
    :param SQL taxes: rows of taxes, each a ``tax_id``
    """
    left = SQL(
        """
        (%s - COALESCE(SUM(tax.amount) FILTER (WHERE tax.amount_type = 'fixed'), 0))
        * (1 - COALESCE(SUM(tax.amount)
               FILTER (WHERE tax.amount_type = 'division'), 0) / 100)
        / (1 + COALESCE(SUM(tax.amount)
               FILTER (WHERE tax.amount_type = 'percent'), 0) / 100)
        """,
        price,
    )
    return SQL("(%s)", _taxes_inside(left, taxes))


def _taxes_inside(wanted, taxes):
    """Ask for something of those of some taxes that a typed price has in it."""
    return SQL(
        """
        SELECT %(wanted)s
          FROM (%(taxes)s) levied
          LEFT JOIN account_tax_filiation_rel part
                 ON part.parent_tax = levied.tax_id
          JOIN account_tax tax
            ON tax.id = COALESCE(part.child_tax, levied.tax_id)
          JOIN res_company taxing ON taxing.id = tax.company_id
         WHERE COALESCE(tax.price_include_override, taxing.account_price_include)
               = 'tax_included'
        """,
        wanted=wanted,
        taxes=taxes,
    )


# Of an order line ``l`` of the order ``o``, and what it takes to tell.
ORDER_CURRENCY = SQL("JOIN res_currency oc ON oc.id = o.currency_id")
ORDER_PRICE = LinePrice(
    "l",
    "oc",
    "product_qty",
    "account_tax_purchase_order_line_rel",
    "purchase_order_line_id",
)
# Odoo prices a quantity of 0 anew.
NONE_ORDERED = SQL("l.product_qty = 0 AND l.price_promised <> 0")


def net_when_ordered():
    """Return the price of an order line after discount, as when some was ordered."""
    return SQL(
        "(CASE WHEN %s THEN l.price_promised ELSE %s END)",
        NONE_ORDERED,
        ORDER_PRICE.net(),
    )


def gross_when_ordered(net):
    """Return the price of an order line before discount, as when some was ordered.

    :param SQL net: the price after it
    """
    return SQL(
        """
        (CASE WHEN %s THEN %s / NULLIF(1 - COALESCE(l.discount, 0) / 100, 0)
              ELSE %s END)
        """,
        NONE_ORDERED,
        net,
        ORDER_PRICE.gross(net),
    )


# Of a line ``a`` of the bill ``m``, perhaps of an order ``o``.
BILL_CURRENCIES = SQL(
    """
    JOIN res_currency mc ON mc.id = m.currency_id
    LEFT JOIN res_currency oc ON oc.id = o.currency_id
    """
)
BILL_PRICE = LinePrice(
    "a", "mc", "quantity", "account_move_line_account_tax_rel", "account_move_line_id"
)
# What prices are read of, for ``_depends``.
TAXES_READ = {
    "account.tax": [
        "amount",
        "amount_type",
        "children_tax_ids",
        "company_id",
        "price_include_override",
    ],
    "res.company": ["account_price_include"],
    "res.currency": ["rounding"],
}
