"""What a template asked for when it was evaluated, and what it asked for before."""

from ....tools.wording import clauses, listed
from ...kpi.supplier_kpi import definition_of

# Of a template as a whole; names are left out, which are in somebody's language.
RULES = (
    "weighting",
    "late_tolerance_days",
    "limit_early",
    "early_tolerance_days",
    "under_tolerance",
    "over_tolerance",
    "response_hours",
    "coverage_floor",
    "minimum_lines",
)


def template_change(env, before, after, names):
    """Say how a template changed between two evaluations; "" when it did not.

    :param env: environment of the reader
    :param dict before: the template as it was, as an evaluation keeps it
    :param dict after: as it was the next time
    :param dict names: of the KPIs by code, as the reader calls them
    """
    old, new = _lines(before), _lines(after)
    same = [code for code in new if code in old]

    def named(codes, of):
        return listed(env, (names.get(code) or of[code]["name"] for code in codes))

    said = []
    if added := [code for code in new if code not in old]:
        said.append(env._("new: %s", named(added, new)))
    if gone := [code for code in old if code not in new]:
        said.append(env._("no longer: %s", named(gone, old)))
    redefined = [
        code for code in same if definition_of(old[code]) != definition_of(new[code])
    ]
    if redefined:
        said.append(env._("defined otherwise: %s", named(redefined, new)))
    if _differ(old, new, same, ("weight",)):
        said.append(env._("other weights"))
    if _differ(old, new, same, ("scale", "points", "minimum")):
        said.append(env._("other scales"))
    if _thresholds(before) != _thresholds(after):
        said.append(env._("other grades"))
    if any(before.get(name) != after.get(name) for name in RULES):
        said.append(env._("other rules"))
    return clauses(env, said)


def _lines(snapshot):
    return {line["kpi"]: line for line in snapshot.get("lines", ())}


def _differ(old, new, codes, keys):
    return any(
        old[code].get(key) != new[code].get(key) for code in codes for key in keys
    )


def _thresholds(snapshot):
    return [minimum for _name, minimum in snapshot.get("grades", ())]
