"""The SQL of what could have been paid instead: a unit's price, by each reference.

Of the price ``p`` of an order line, each gives ``unit_value`` per unit of the product
in company currency, without tax; NULL where there is none, and ``problem`` where there
is one that cannot be compared. ``pc`` is the company, ``ours`` the product's category,
``own`` its unit.
"""

from odoo.tools import SQL

from ..fact.ids import IdCodec
from ..fact.price import without_tax
from ..history.rows import FACT_IDS, ORDER_LINE

#: The references by their names; their places are part of the identifiers of facts.
REFERENCES = ("last", "market", "contract", "list", "index")
SAVING_IDS = IdCodec(8)

# What was read to make a reference, where it is a record.
NO_RECORDS = SQL(
    "NULL::integer AS reference_order_id, NULL::integer AS contract_line_id"
)
# The rate of a currency on the day of a line, units for one of the company's group.
RATE = """
    (SELECT r.rate::float8
       FROM res_currency_rate r
      WHERE r.currency_id = %(currency)s
        AND r.name <= p.date
        AND (r.company_id IS NULL
             OR r.company_id = SPLIT_PART(pc.parent_path, '/', 1)::integer)
      ORDER BY r.company_id, r.name DESC
      LIMIT 1)
"""
# The line of a contract that counts for a product on a day, as ``ContractBook`` finds
# it, and what it costs then, as ``_agreed_prices`` tells it. One that never came into
# force has no day from which it counts. Who has none at all is known once for all.
CONTRACT = """
    SELECT term.id AS line_id,
           term.uom_id,
           contract.currency_id,
           CASE term.price_kind
                WHEN 'fixed' THEN term.price::float8
                WHEN 'index' THEN term.price::float8
                     * (1 + term.index_share / 100
                        * (COALESCE(%(index)s, term.index_base)::float8
                           / term.index_base::float8 - 1))
           END AS price
      FROM supplier_contract contract
      JOIN supplier_contract_line term ON term.contract_id = contract.id
      LEFT JOIN product_category theirs ON theirs.id = term.categ_id
     WHERE p.partner_id IN (SELECT commercial_partner_id FROM supplier_contract)
       AND contract.company_id = p.company_id
       AND contract.commercial_partner_id = p.partner_id
       AND contract.date_effective <= p.date
       AND p.date <= COALESCE(LEAST(contract.date_to, contract.date_closed), 'infinity')
       AND (term.product_id = p.product_id
            OR STARTS_WITH(ours.parent_path, theirs.parent_path))
     ORDER BY term.product_id IS NULL, LENGTH(theirs.parent_path) DESC NULLS LAST,
              contract.id DESC
     LIMIT 1
"""
# The last index of the same series after the month that the price begins with.
INDEX = SQL(
    """
    (SELECT later.value
       FROM supplier_price_index begin
       JOIN supplier_price_index later
         ON later.company_id = begin.company_id
        AND later.source = begin.source
        AND later.product_id IS NOT DISTINCT FROM begin.product_id
        AND later.categ_id IS NOT DISTINCT FROM begin.categ_id
        AND later.month > begin.month
        AND later.month <= p.date
      WHERE begin.id = term.index_id
      ORDER BY later.month DESC
      LIMIT 1)
    """
)
# The taxes of an order line, and those of the product that it has not.
LINE_TAXES = SQL(
    """
    SELECT link.account_tax_id AS tax_id
      FROM account_tax_purchase_order_line_rel link
     WHERE p.source = 'order' AND link.purchase_order_line_id = %s
    """,
    FACT_IDS.sql_record(ORDER_LINE, SQL("p.id")),
)
OTHER_TAXES = SQL(
    """
    SELECT usual.tax_id
      FROM product_supplier_taxes_rel usual
      JOIN account_tax had ON had.id = usual.tax_id
     WHERE usual.prod_id = listed.product_tmpl_id
       AND had.company_id = p.company_id
       AND usual.tax_id NOT IN (%s)
    """,
    LINE_TAXES,
)
# The vendor's price for the quantity, as Odoo finds it: of all whose quantity was
# reached, the cheapest after discount. It has the taxes inside that the product has,
# or the order line.
LISTED = """
    SELECT NULL::integer AS line_id,
           listed.product_uom_id AS uom_id,
           listed.currency_id,
           %(untaxed)s::float8 AS price
      FROM product_product variant
      JOIN product_supplierinfo listed
        ON listed.product_tmpl_id = variant.product_tmpl_id
       AND COALESCE(listed.product_id, variant.id) = variant.id
      JOIN res_partner vendor
        ON vendor.id = listed.partner_id
       AND vendor.commercial_partner_id = p.partner_id
      LEFT JOIN uom_uom counted ON counted.id = listed.product_uom_id
     WHERE variant.id = p.product_id
       AND (listed.company_id IS NULL OR listed.company_id = p.company_id)
       AND (listed.date_start IS NULL OR listed.date_start <= p.date)
       AND (listed.date_end IS NULL OR p.date <= listed.date_end)
       AND listed.price > 0
       AND listed.min_qty <= p.quantity * own.factor
                             / COALESCE(counted.factor, own.factor) + 1e-6
       AND %(for_order)s
     ORDER BY listed.price * (1 - COALESCE(listed.discount, 0) / 100)
                  * own.factor / COALESCE(counted.factor, own.factor)
                  / CASE WHEN listed.currency_id = pc.currency_id THEN 1
                         ELSE COALESCE(%(rate)s, 1) / COALESCE(%(company_rate)s, 1) END,
              listed.sequence, listed.id
     LIMIT 1
"""


def reference_sql(name, for_order):
    """Return the SQL that makes the reference of a price ``p``.

    :param str name: one of ``REFERENCES``
    :param SQL for_order: whether a price that is ``listed`` is for the order of ``p``
    """
    if name == "last":
        return SQL(
            """
            SELECT p.reference_price / NULLIF(p.rate, 0) AS unit_value,
                   NULL::varchar AS problem,
                   p.reference_order_id,
                   NULL::integer AS contract_line_id
            """
        )
    if name == "market":
        return _plain(SQL("p.market_price"))
    if name == "index":
        return _plain(
            SQL("p.reference_price * (1 + p.index_change) / NULLIF(p.rate, 0)")
        )
    if name == "contract":
        return _found(SQL(CONTRACT, index=INDEX))
    listed = SQL(
        LISTED,
        untaxed=without_tax(without_tax(SQL("listed.price"), OTHER_TAXES), LINE_TAXES),
        for_order=for_order,
        rate=rate_of(SQL("listed.currency_id")),
        company_rate=rate_of(SQL("pc.currency_id")),
    )
    return _found(listed)


def _plain(value):
    return SQL(
        "SELECT (%s)::float8 AS unit_value, NULL::varchar AS problem, %s",
        value,
        NO_RECORDS,
    )


def _found(source):
    """A price in a currency and unit of its own, turned into those of the facts."""
    return SQL(
        """
        SELECT found.price * found.per_unit / found.rate AS unit_value,
               CASE WHEN found.price IS NULL THEN NULL
                    WHEN found.per_unit IS NULL THEN 'no_unit'
                    WHEN found.rate IS NULL THEN 'no_rate' END AS problem,
               NULL::integer AS reference_order_id,
               CASE WHEN found.price IS NOT NULL THEN found.line_id END
                   AS contract_line_id
          FROM (SELECT 1) always
          LEFT JOIN (
                SELECT one.price, one.line_id, %(per_unit)s AS per_unit,
                       %(rate)s AS rate
                  FROM (%(source)s) one
                  LEFT JOIN uom_uom theirs ON theirs.id = one.uom_id
               ) found ON TRUE
        """,
        source=source,
        per_unit=SQL(
            """
            CASE WHEN one.uom_id IS NULL THEN 1
                 WHEN SPLIT_PART(theirs.parent_path, '/', 1)
                      = SPLIT_PART(own.parent_path, '/', 1)
                 THEN (own.factor / theirs.factor)::float8 END
            """
        ),
        rate=SQL(
            """
            CASE WHEN one.currency_id = p.currency_id THEN NULLIF(p.rate, 0)
                 WHEN one.currency_id = pc.currency_id THEN 1
                 ELSE %(theirs)s / COALESCE(%(company)s, 1) END
            """,
            theirs=rate_of(SQL("one.currency_id")),
            company=rate_of(SQL("pc.currency_id")),
        ),
    )


def rate_of(currency):
    """Return the SQL of a currency's rate on the day of a line; NULL without one."""
    return SQL(RATE, currency=currency)
