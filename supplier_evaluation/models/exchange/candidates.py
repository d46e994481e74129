"""Reads who may be meant: by the numbers and names in a message, not everybody."""

import re

from odoo.fields import Domain
from odoo.tools import SQL

from ...exchange.who import Candidate
from ...importer.matcher import normalise_name, normalise_vat

_COLUMNS = ("id", "name", "company_registry", "vat", "country_id", "active")
# What of a name PostgreSQL and normalise_name() surely have alike. Whoever is the same
# by normalise_name() has the same trace; the other way round, Who decides.
_LEFT_OUT = "[^a-z0-9\u4e00-\u9fff]"


def name_trace(name):
    """Return by what the database finds those that may have a name."""
    return re.sub(_LEFT_OUT, "", normalise_name(name))


def number_trace(number):
    """Return by what the database finds those that may have a number."""
    return re.sub("[^0-9]", "", number)


def traces_of(keys):
    """Return by what the database finds those that some keys may mean.

    :param keys: iterable of :class:`Key`
    :return: pair of sets, of numbers and of names
    """
    numbers, names = set(), set()
    for key in keys:
        given = map(normalise_vat, (key.registry, key.tax))
        numbers.update(number_trace(number) for number in given if number)
        if normalise_name(key.name):
            names.add(name_trace(key.name))
    return numbers, names


def candidates(env, company, numbers, names):
    """Return who may be meant: commercial entities, archived ones too, in one question.

    :param Environment env: of whoever takes the records
    :param company: ``res.company`` of the system
    :param numbers: what :func:`traces_of` returns
    :param names: what :func:`traces_of` returns
    :rtype: list[Candidate]
    """
    partners = env["res.partner"].with_context(active_test=False)
    query = partners._search(_domain(env, company))
    columns = [partners._field_to_sql(query.table, name, query) for name in _COLUMNS]
    number, name, registry, tax, *_others = columns
    query.add_where(
        SQL(
            "(%s = ANY(%s) OR %s = ANY(%s) OR %s = ANY(%s))",
            _name_trace_sql(name),
            list(names),
            _number_trace_sql(registry),
            list(numbers),
            _number_trace_sql(tax),
            list(numbers),
        )
    )
    query.add_where(SQL("%s NOT IN %s", number, _partners_of_users(env)))
    rows = env.execute_query(query.select(*columns))
    countries = env["res.country"].browse({row[4] for row in rows if row[4]})
    codes = {country.id: country.code for country in countries}
    return [
        Candidate(key, name or "", registry or "", tax or "", codes.get(land) or "", on)
        for key, name, registry, tax, land, on in rows
    ]


def _domain(env, company):
    """Without ourselves; a company of ours is meant only if it supplies another one."""
    has_parent = Domain("parent_id", "!=", False)
    ours = env["res.company"].sudo().search(Domain.TRUE).partner_id
    return (
        Domain("company_id", "in", [False, company.id])
        & (~has_parent | Domain("is_company", "=", True))
        & Domain("id", "!=", company.sudo().partner_id.id)
        & (Domain("id", "not in", ours.ids) | Domain("supplier_rank", ">", 0))
    )


def _partners_of_users(env):
    """Return the contacts of internal users: their addresses are their logins."""
    users = env["res.users"].sudo().with_context(active_test=False)
    return users._search([("share", "=", False)]).subselect("partner_id")


def _name_trace_sql(column):
    """Return :func:`name_trace` of a column."""
    return SQL(
        "REGEXP_REPLACE(LOWER(REPLACE(REPLACE(NORMALIZE(%s, NFKD), 'ß', 'ss'), "
        "'ẞ', 'ss') COLLATE \"C\"), %s, '', 'g')",
        column,
        _LEFT_OUT,
    )


def _number_trace_sql(column):
    """Return :func:`number_trace` of a column."""
    return SQL("REGEXP_REPLACE(%s, '[^0-9]', '', 'g')", column)
