"""Our numbers against statements by hand that know nothing of the add-on's queries."""

from collections import Counter
from pathlib import Path

from probes import Probe, say

TOLERANCE = 1e-6
SHOWN = 3  # different numbers of each KPI


def values_of(scope):
    """What the statements are asked: their parameters."""
    return {
        "company": scope.company_id,
        "date_from": scope.date_from,
        "date_to": scope.date_to,
        "start": scope.start,
        "stop": scope.stop,
        "cutoff": scope.cutoff,
        "tz": scope.tz,
    }


def answers(cursor, statement, scope):
    """Run a statement by hand.

    :return: ``{(supplier, KPI code): value or None}``, the codes and the seconds; the
        statement names its columns after the KPIs
    """
    with Probe(cursor) as probe:
        cursor.execute(statement, values_of(scope))
        rows = cursor.fetchall()
    codes = [column.name for column in cursor.description[1:]]
    cursor.commit()
    found = {
        (partner, code): value
        for partner, *values in rows
        for code, value in zip(codes, values, strict=True)
    }
    return found, codes, probe.seconds


def differences(ours, theirs, codes, title):
    """Count the numbers that are not the same; some of them are shown.

    :return: ``{code: count}`` of every code
    """
    wanted = set(codes)
    keys = [key for key in sorted(ours.keys() | theirs.keys()) if key[1] in wanted]
    result = Counter(dict.fromkeys(codes, 0))
    for key in keys:
        one, other = ours.get(key), theirs.get(key)
        if not is_same(one, other):
            result[key[1]] += 1
            if result[key[1]] <= SHOWN:
                say(f"DIFFERENT, {title}: {key[1]} of supplier {key[0]}:")
                say(f"  ours {one}, by hand {other}")
    return dict(result)


def is_same(one, other):
    if one is None or other is None:
        return one is other
    one, other = float(one), float(other)
    return abs(one - other) <= TOLERANCE * max(1, abs(one), abs(other))


def check_all(env, folder, measured, known):
    """Compare every KPI that has a statement by hand.

    :param dict measured: ``{name of the period: Measured}`` of all KPIs
    :param known: codes of the KPIs that the floor is compared with
    :return: figures: how many numbers were compared and are different, for each KPI,
        and which KPIs were not compared
    """
    active = set(env["supplier.kpi"].search([]).mapped("code"))
    compared, different, missing = Counter(), Counter(), set()
    for file in sorted(Path(folder).glob("*.sql")):
        statement = file.read_text()
        for period, ours in measured.items():
            theirs, codes, seconds = answers(env.cr, statement, ours.scope)
            if not _enrol(env, codes):
                evaluated = {partner for partner, _code in ours.values}
                theirs = {key: theirs[key] for key in theirs if key[0] in evaluated}
            say(f"Checked by hand: {file.stem}, a {period} ({seconds:.1f} s)")
            there = [code for code in codes if code in active]
            missing.update(set(codes) - active)
            compared.update(
                code for _partner, code in ours.values.keys() | theirs if code in there
            )
            different.update(
                differences(ours.values, theirs, there, f"{file.stem}, {period}")
            )
    return {
        "checks_compared": dict(sorted(compared.items())),
        "checks_different": dict(sorted(different.items())),
        "checks_missing_kpis": sorted(missing),
        "kpis_unchecked": sorted(active - compared.keys() - set(known)),
    }


def _enrol(env, codes):
    """Whether who has facts of a statement takes part in an evaluation.

    Who has only others has no numbers there.
    """
    kpis = env["supplier.kpi"].search([("code", "in", codes)])
    return all(env[model]._fact_enrols for model in kpis.mapped("fact_model"))
