"""Suppliers at random, and what the scoring core makes of them: for the browser."""

import random

from ...scoring import (
    LineRule,
    LineScore,
    Measure,
    Scale,
    ScorecardRule,
    assemble,
    rank,
    score_line,
)

THRESHOLDS = (90.0, 80.0, 60.0, 0.0)


def make_case(seed, suppliers=200, kpis=12):
    """Return rules, what was measured, and how the core scores it, ready for JSON.

    Among them are KPIs without data, minimums, overridden scores, scales of steps and
    falling ones, scores on the half of a hundredth, and suppliers without anything.
    """
    chance = random.Random(seed)
    lines = [_line(chance) for _kpi in range(kpis)]
    rule = ScorecardRule(
        thresholds=THRESHOLDS,
        coverage_floor=chance.choice((0.5, 0.6, 0.75)),
        minimum_lines=chance.choice((0, 5)),
        cap=chance.choice((None, 1, 2)),
    )
    columns = [_column(chance, line, suppliers) for line in lines]
    columns[0]["counts"] = [chance.randint(0, 9) for _supplier in range(suppliers)]
    return {
        "lines": lines,
        "columns": columns,
        "count": suppliers,
        "thresholds": list(THRESHOLDS),
        "rule": {
            "coverage_floor": rule.coverage_floor,
            "minimum_lines": rule.minimum_lines,
            "cap": rule.cap,
        },
        "expected": expected_of(lines, columns, rule, suppliers),
    }


def expected_of(lines, columns, rule, suppliers):
    """Return what the core says of each supplier, as ``rescore`` does."""
    used = [index for index, line in enumerate(lines) if line["weight"] > 0]
    rules = [
        LineRule(
            code=str(index),
            weight=lines[index]["weight"],
            scale=Scale(
                tuple(tuple(point) for point in lines[index]["points"]),
                lines[index]["mode"],
            ),
            minimum=lines[index]["minimum"],
        )
        for index in used
    ]
    overrides = [dict(column["overrides"]) for column in columns]
    counts = [columns[index]["counts"] for index in used if columns[index]["counts"]]
    cards = []
    for place in range(suppliers):
        scores = []
        for index, line_rule in zip(used, rules, strict=True):
            measure = Measure(columns[index]["values"][place])
            score = score_line(line_rule, measure)
            if place in overrides[index]:
                override = overrides[index][place]
                score = LineScore(score.weight, override, minimum=score.minimum)
            scores.append(score)
        delivery = max((column[place] for column in counts), default=None)
        cards.append(assemble(scores, delivery, rule))
    ranks = rank(
        {
            place: None if card.provisional else card.score
            for place, card in enumerate(cards)
        }
    )
    return [
        {
            "score": card.score,
            "coverage": card.coverage,
            "gated": card.gated,
            "provisional": card.provisional,
            "grade": card.grade,
            "rank": ranks.get(place),
        }
        for place, card in enumerate(cards)
    ]


def _line(chance):
    is_rising = chance.random() < 0.6
    values = sorted(chance.sample(range(1000), chance.randint(2, 5)))
    scores = sorted(chance.choice((0, 25, 33.33, 50, 66.67, 80, 100)) for _v in values)
    if not is_rising:
        scores.reverse()
    return {
        # Equal weights and two decimals make halves of a hundredth.
        "weight": chance.choice((5.0, 10.0, 10.0, 10.0, 12.5, 7.25, 0)),
        "mode": chance.choice(("linear", "linear", "step")),
        "points": [
            [value / 10, score] for value, score in zip(values, scores, strict=True)
        ],
        "minimum": chance.choice((None, None, None, 20.0)),
    }


def _column(chance, line, suppliers):
    low, high = line["points"][0][0], line["points"][-1][0]
    values = [
        None
        if chance.random() < 0.15 or place % 50 == 49
        else chance.choice(
            (
                chance.uniform(low - 5, high + 5),
                round(chance.uniform(low, high), 2),
                chance.choice(line["points"])[0],
            )
        )
        for place in range(suppliers)
    ]
    overrides = [
        [place, round(chance.uniform(0, 100), 2)]
        for place, value in enumerate(values)
        if value is not None and chance.random() < 0.02
    ]
    return {"values": values, "overrides": overrides, "counts": None}
