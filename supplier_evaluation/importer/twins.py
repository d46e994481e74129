"""Tells which orders of a file are in Odoo as well: they count as they are there."""

from odoo import fields
from odoo.tools import SQL

from ..report.history.rows import TWINS_READ, twins


def order_keys(plans):
    """What tells whether an order is in Odoo, too: supplier, reference and product.

    :param plans: :class:`LinePlan`; new suppliers have no orders
    :rtype: set
    """
    return {
        (plan.supplier, plan.vals["order_ref"], plan.vals.get("product_id") or None)
        for plan in plans
        if isinstance(plan.supplier, int)
    }


def orders_in_odoo(env, keys):
    """Return the references of the orders that are confirmed in Odoo, too.

    :param Environment env: its company is the one that imports
    :param keys: what :func:`order_keys` returned
    :rtype: set
    """
    if not keys:
        return set()
    known = list(keys)
    for model, names in TWINS_READ.items():
        env[model].flush_model(names)
    found = env.execute_query(twins(_as_table(env, known), fields.Datetime.now()))
    return {known[number][1] for number, _order in found}


def _as_table(env, keys):
    """The orders as rows, numbered from 0, with the columns that are compared."""
    suppliers, references, products = map(list, zip(*keys, strict=True))
    return SQL(
        """
        (SELECT number - 1 AS id, %s AS company_id, commercial_partner_id, order_ref,
                product_id
           FROM UNNEST(%s::integer[], %s::text[], %s::integer[])
                WITH ORDINALITY AS row (commercial_partner_id, order_ref, product_id,
                                        number))
        """,
        env.company.id,
        suppliers,
        references,
        products,
    )
