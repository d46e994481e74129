"""Tells which orders of a file are in Odoo as well: they count as they are there."""

from odoo import fields
from odoo.tools import SQL

from ..report.history.rows import TWINS_READ, twins


def orders_in_odoo(env, plans):
    """Return the references of the orders that are confirmed in Odoo, too.

    :param Environment env: its company is the one that imports
    :param plans: :class:`LinePlan`; new suppliers have no orders
    :rtype: set
    """
    known = [plan for plan in plans if isinstance(plan.supplier, int)]
    for model, names in TWINS_READ.items():
        env[model].flush_model(names)
    found = env.execute_query(twins(_as_table(env, known), fields.Datetime.now()))
    return {known[number].vals["order_ref"] for number, _order in found}


def _as_table(env, plans):
    """The lines as rows, numbered from 0, with the columns that are compared."""
    return SQL(
        """
        (SELECT number - 1 AS id, %s AS company_id, commercial_partner_id, order_ref,
                product_id
           FROM UNNEST(%s::integer[], %s::text[], %s::integer[])
                WITH ORDINALITY AS row (commercial_partner_id, order_ref, product_id,
                                        number))
        """,
        env.company.id,
        [plan.supplier for plan in plans],
        [plan.vals["order_ref"] for plan in plans],
        [plan.vals.get("product_id") or None for plan in plans],
    )
