"""What of facts is taken from sums, and what the live query says of the same."""

import dataclasses
import math
from unittest.mock import patch

from odoo.tools import SQL

from ...report.fact.hints import PARTNERS_KEY

CHANGES = "supplier.fact.change"


def build(env):
    """Make the sums of everything."""
    changes = env[CHANGES]
    env.flush_all()
    changes._rebuild()
    while changes._build_next():
        pass


def rows(env, model, scope=None, partner=None):
    """Return ``{id: row}`` of facts; with no scope, of an analysis.

    :param partner: the supplier that is asked for, all by default
    """
    env.flush_all()
    facts = env[model]
    if scope:
        facts = facts._with_fact_scope(scope)
    wanted = SQL("TRUE")
    if partner:
        facts = facts.with_context(**{PARTNERS_KEY: partner.ids})
        wanted = SQL("partner_id = %s", partner.id)
    query = SQL("SELECT * FROM (%s) fact WHERE %s", facts._table_query, wanted)
    return {row["id"]: row for row in env.execute_query_dict(query)}


def live_rows(env, model, scope=None, partner=None):
    """The same without sums."""
    with patch.object(env.registry[CHANGES], "_pending", lambda self, zone=None: None):
        return rows(env, model, scope, partner)


def differences(env, model, *question):
    """Return what the facts of a model say otherwise than the live query, in words.

    :param question: as for :func:`rows`
    """
    live = live_rows(env, model, *question)
    return differing(model, live, rows(env, model, *question))


def differing(model, expected, got):
    """Return what rows with sums say otherwise than those without, in words."""
    found = [
        f"{model} {key}: only {'live' if key in expected else 'with sums'}"
        for key in expected.keys() ^ got.keys()
    ]
    for key in expected.keys() & got.keys():
        found += [
            f"{model} {key} {name}: {value!r} live, {got[key][name]!r} with sums"
            for name, value in expected[key].items()
            if not _is_same(value, got[key][name])
        ]
    return found


def scopes(scope):
    """The same question in the ways in which facts are asked."""
    yield scope
    yield dataclasses.replace(scope, with_excluded=True)
    yield dataclasses.replace(scope, weighting="line")
    yield dataclasses.replace(scope, late_days=2)
    yield dataclasses.replace(scope, late_days=1, early_days=3, under_percent=10)


def _is_same(one, other):
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    return one == other
