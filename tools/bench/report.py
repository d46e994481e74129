"""The figures of a benchmark: as a table with targets, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

KEYS = (
    "suppliers",
    "lines",
    "moves",
    "run_year_s",
    "run_month_s",
    "native_on_time_rate_s",
    "floor_year_s",
    "statements_year",
    "statements_month",
    "peak_rss_above_idle_mb",
)
# The size that the targets are set for; on a smaller one fixed costs prevail.
FULL_SIZE = {"suppliers": 5000, "lines": 1_000_000, "moves": 1_250_000}


def targets(figures: dict) -> Iterator[tuple[str, str, bool]]:
    """Yield ``(target, what was measured, whether it is met)``."""
    year = figures["run_year_s"]
    times = figures["native_on_time_rate_s"] / year
    yield (
        "a year, against on_time_rate: 5 times faster",
        f"{times:.1f} times",
        times >= 5,
    )
    share = year / figures["floor_year_s"]
    yield "a year, against the floor: at most 3 times", f"{share:.2f} times", share <= 3
    share = figures["run_month_s"] / year
    yield "a month, against a year: at most 0.33", f"{share:.2f}", share <= 1 / 3
    statements = [figures["statements_year"], figures["tenth_statements"]]
    yield (
        "SQL statements: the same for a tenth of the suppliers",
        "{} and {}".format(*statements),
        statements[0] == statements[1],
    )
    memory = figures["peak_rss_above_idle_mb"]
    yield "memory above idle: at most 400 MB", f"{memory:.0f} MB", memory <= 400
    different = figures["different"]
    yield (
        f"the floor's {figures['compared']:,} numbers and ours: the same",
        f"{different} different",
        different == 0,
    )


def table(figures: dict) -> str:
    """The figures for people."""
    rows = [
        ("suppliers, scorecards", "{suppliers:,}, {scorecards:,}"),
        ("order lines, orders", "{lines:,}, {orders:,}"),
        ("stock moves, of which done", "{moves:,}, {moves_done:,}"),
        ("", ""),
        ("run, a year", "{run_year_s:.2f} s (in SQL {run_year_sql_s:.2f})"),
        ("run, a year, first time", "{run_year_cold_s:.2f} s"),
        ("run, a month", "{run_month_s:.2f} s (in SQL {run_month_sql_s:.2f})"),
        ("the floor, a year", "{floor_year_s:.2f} s"),
        ("Odoo's on_time_rate", "{native_on_time_rate_s:.2f} s"),
        ("  order lines it looks at", "{native_lines:,}"),
        ("  SQL statements", "{native_statements}"),
        ("  memory above idle", "{native_peak_rss_above_idle_mb:.0f} MB"),
        ("SQL statements, year / month", "{statements_year} / {statements_month}"),
        ("COPY streams", "{copies_year} / {copies_month}"),
        ("memory above idle", "{peak_rss_above_idle_mb:.0f} MB"),
        ("", ""),
    ]
    lines = [f"{name:38}{text.format(**figures)}".rstrip() for name, text in rows]
    for target, measured, is_met in targets(figures):
        lines.append(f"{'pass' if is_met else 'MISS'}  {target}: {measured}")
    if any(figures[name] < wanted for name, wanted in FULL_SIZE.items()):
        size = "{suppliers:,} suppliers, {lines:,} lines".format(**FULL_SIZE)
        lines.append(f"(The targets are set for {size}.)")
    return "\n".join(lines)


def write(figures: dict, path: Path) -> None:
    """Write the figures: those that were asked for first, then the others."""
    ordered = {key: figures[key] for key in KEYS} | figures
    rounded = {
        key: round(value, 3) if isinstance(value, float) else value
        for key, value in ordered.items()
    }
    path.write_text(json.dumps(rounded, indent=2) + "\n")
