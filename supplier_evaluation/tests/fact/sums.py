"""What of facts is taken from sums, and what the live query says of the same."""

import dataclasses
import math
from unittest.mock import patch

from odoo.tools import SQL

CHANGES = "supplier.fact.change"


def build(env):
    """Make the sums of everything."""
    changes = env[CHANGES]
    env.flush_all()
    changes._rebuild()
    while changes._build_next():
        pass


def rows(env, model, scope=None):
    """Return ``{id: row}`` of facts; with no scope, of an analysis."""
    env.flush_all()
    facts = env[model]
    if scope:
        facts = facts._with_fact_scope(scope)
    found = env.execute_query_dict(SQL("SELECT * FROM (%s) fact", facts._table_query))
    return {row["id"]: row for row in found}


def live_rows(env, model, scope=None):
    """The same without sums."""
    with patch.object(env.registry[CHANGES], "_pending", lambda self, zone=None: None):
        return rows(env, model, scope)


def differences(env, model, scope=None):
    """Return what the facts of a model say otherwise than the live query, in words."""
    return differing(model, live_rows(env, model, scope), rows(env, model, scope))


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
