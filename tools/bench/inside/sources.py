"""Where the time goes: the KPIs of each source of facts alone, and their plans."""

from pathlib import Path

from probes import Probe, say

SLOW_SECONDS = 0.1


class Statements(Probe):
    """A probe that keeps the slow statements."""

    def __init__(self, cursor):
        super().__init__(cursor)
        self.slow = []

    def hook(self, cursor, query, params, start, delay):
        super().hook(cursor, query, params, start, delay)
        if delay >= SLOW_SECONDS:
            self.slow.append((delay, query, params))


def measure_sources(env, scope, folder=None):
    """Measure each source's KPIs twice; the second time is reported.

    :param folder: where the plans of slow statements are written, if anywhere
    :return: ``{model of the facts: seconds}``
    """
    seconds = {}
    kpis = env["supplier.kpi"].search([])
    for model, its in sorted(kpis.grouped("fact_model").items()):
        for _repeat in range(2):
            env.invalidate_all()
            with Statements(env.cr) as probe:
                its._measure(scope)
            env.cr.commit()
        seconds[model] = probe.seconds
        say(f"{model}: {len(its)} KPIs, {probe.seconds:.2f} s")
        if folder:
            text = [_plan(env.cr, *statement) for statement in probe.slow]
            Path(folder, f"{model}.txt").write_text("\n\n".join(text) + "\n")
    return seconds


def _plan(cursor, delay, query, params):
    cursor.execute(f"EXPLAIN (ANALYZE, COSTS OFF) {query}", params)
    lines = [line for (line,) in cursor.fetchall()]
    cursor.rollback()
    shown = cursor.mogrify(query, params).decode()
    return "\n".join([f"-- {delay:.2f} s", shown, "", *lines])
