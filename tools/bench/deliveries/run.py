"""Tries the forecasts on deliveries of which it is known how they went.

The half-life is chosen on the first half of the forecasts, by the log loss, which sees
more of what is rare; what is judged is the rest, which the choice did not see.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from pathlib import Path

from ... import addons, paths
from ...console import Failure, step
from . import reader

LIBRARY = paths.CHECKOUT / addons.MAIN / "forecast" / "__init__.py"
HALF_LIVES = (None, 730, 365, 180, 90, 45)
NAMES = {
    "ours": "our forecast",
    "own_rate": "the supplier's past rate",
    "overall_rate": "the overall past rate",
}


@cache
def library():
    """The add-on's forecasts; they need no Odoo, so the add-on is not loaded."""
    name = "supplier_evaluation_forecast"
    spec = importlib.util.spec_from_file_location(name, LIBRARY)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def run(file: Path) -> dict:
    """Try the forecasts on a file; the figures."""
    forecast = library()
    with step(f"Forecasts of {file.name}"):
        promises = [
            forecast.Promise(
                forecast.Key(row.supplier, row.product, row.category),
                row.promised,
                row.received,
                row.ordered,
            )
            for row in reader.read(file)
        ]
        return {"forecasts": _tried(forecast, promises)}


def _tried(forecast, promises):
    found = {each: forecast.forecasts(promises, each) for each in HALF_LIVES}
    days = sorted(one.asked for one in found[None])
    split = days[len(days) // 2] if days else None
    if not split or split == days[0]:
        raise Failure(
            "These deliveries are too few, or of one day: nothing was known before.",
            "Take some hundreds, over a year or more.",
        )
    first = {
        each: forecast.report([one for one in all_ if one.asked < split])
        for each, all_ in found.items()
    }
    chosen = min(HALF_LIVES, key=lambda each: first[each]["scores"]["ours"].log_loss)
    return {
        "deliveries": len(promises),
        "suppliers": len({promise.key.supplier for promise in promises}),
        "from": min(promise.promised for promise in promises).isoformat(),
        "to": max(promise.promised for promise in promises).isoformat(),
        "split": split.isoformat(),
        "chosen": chosen,
        "used": forecast.HALF_LIFE,
        "half_lives": {
            str(each): report["scores"]["ours"].log_loss
            for each, report in first.items()
        },
        "first": _plain(first[chosen]),
        "rest": _plain(
            forecast.report([one for one in found[chosen] if one.asked >= split])
        ),
    }


def _plain(report):
    """A report as JSON can hold it."""
    return {
        **report,
        "scores": {name: asdict(score) for name, score in report["scores"].items()},
        "reliability": [asdict(line) for line in report["reliability"]],
    }


def targets(figures: dict) -> Iterator[tuple[str, str, bool]]:
    """Yield ``(target, what was measured, whether it is met)``."""
    tried = figures.get("forecasts")
    if not tried:
        return
    scores = tried["rest"]["scores"]
    ours = scores["ours"]["brier"]
    for name in ("own_rate", "overall_rate"):
        other = scores[name]["brier"]
        yield (
            f"forecasts: Brier score below that of {NAMES[name]}",
            f"{ours:.5f} against {other:.5f}{_change(ours, other)}",
            ours < other,
        )


def _change(ours, other):
    return f" ({100 * (ours / other - 1):+.1f} %)" if other else ""


def is_met(figures: dict) -> bool:
    """Whether our forecasts are better than what they are compared with."""
    return all(met for _target, _measured, met in targets(figures))


def table(figures: dict) -> str:
    """The figures for people."""
    tried = figures["forecasts"]
    lines = [
        "{deliveries:,} deliveries of {suppliers} suppliers, promised from {from} to "
        "{to}".format(**tried),
        "half-life chosen on what was forecast before {split}: ".format(**tried)
        + _half_life(tried["chosen"]),
        "  log loss there: "
        + ", ".join(
            f"{_half_life(each)} {loss:.4f}"
            for each, loss in tried["half_lives"].items()
        ),
        "  the add-on takes {used} days".format(**tried),
    ]
    for title, part in (("first part", "first"), ("the rest", "rest")):
        lines += ["", *_part(title, tried[part])]
    lines.append("")
    for target, measured, met in targets(figures):
        lines.append(f"{'pass' if met else 'MISS'}  {target}: {measured}")
    return "\n".join(lines)


def _half_life(days):
    return "none" if days in (None, "None") else f"{days} days"


def _part(title, part):
    count = part["scores"]["ours"]["count"]
    yield f"{title}: {count:,} forecasts, {part['late']} came late"
    yield f"  {'':26}{'Brier':>10}{'log loss':>10}"
    for name, said in NAMES.items():
        score = part["scores"][name]
        yield f"  {said:26}{score['brier']:10.5f}{score['log_loss']:10.4f}"
    yield f"  {'forecast':26}{'lines':>10}{'expected':>10}{'came late':>11}"
    for line in part["reliability"]:
        band = f"{100 * line['low']:.0f} to {100 * line['high']:.0f} %"
        yield (
            f"  {band:26}{line['count']:10,}{100 * line['expected']:9.1f}%"
            f"{100 * line['observed']:10.1f}%"
        )
    if part["days_expected"] is not None:
        days = "{days_expected:.2f} expected, {days_late:.2f} came".format(**part)
        yield f"  days late, mean: {days}"
