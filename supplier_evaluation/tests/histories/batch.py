"""A batch of histories: made up, done in Odoo, measured twice and compared."""

from __future__ import annotations

import dataclasses
import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from freezegun import freeze_time

from ...scoring import FactScope
from . import definition, words
from .acting import Actor, World
from .chance import Can, invent
from .definition import Question
from .records import History

# Where a value that is computed with floats may be off.
ROUNDING = 1e-6


@dataclass(frozen=True)
class Difference:
    """A figure on which the add-on and the definition do not agree."""

    seed: int
    batch: int
    history: History
    code: str
    question: Question
    expected: object
    got: object

    def __str__(self):
        told = "\n".join(f"    {line}" for line in words.tell(self.history))
        return (
            f"{self.code} of {self.history.key}, seed {self.seed} batch {self.batch}\n"
            f"  expected {self.expected}\n"
            f"  got      {self.got}\n"
            f"  asked    {self.question}\n"
            f"{told}"
        )


def questions(rng: random.Random, world: World) -> list[Question]:
    """March as it is usually asked for, and a question that nobody asks twice."""
    march = (world.tz, date(2026, 3, 1), date(2026, 3, 31))
    first = date(2026, 3, 1) + timedelta(days=rng.randrange(10))
    last = first + timedelta(days=rng.randrange(6, 28))
    cutoff = datetime(2026, 3, 8) + timedelta(minutes=rng.randrange(45 * 24 * 60))
    return [
        Question(*march, cutoff=datetime(2026, 5, 1)),
        Question(*march, cutoff=cutoff, weighting="line"),
        Question(
            world.tz,
            first,
            last,
            datetime(2026, 4, 12, 12),
            rng.choice(("value", "line")),
            rng.choice((0, 2, 4)),
            rng.choice((None, 3)),
            Fraction(rng.choice((0, 10))),
            Fraction(rng.choice((0, 10, 25))),
        ),
    ]


def run(world: World, seed: int, batch: int, size: int, only=()) -> list[Difference]:
    """Try ``size`` histories; what is made in the database is the caller's to undo.

    :param only: codes of KPIs; empty: all
    """
    rng = random.Random(f"{seed} {batch}")
    can = Can(world.own, world.euro, kits=world.has_kits)
    histories = [
        invent(seed, f"S{batch}.{number}", can) for number in range(1, size + 1)
    ]
    with freeze_time("2024-01-02") as clock:
        actor = Actor(world, clock)
        actor.act(histories)
        clock.move_to("2026-06-01")
        world.env.flush_all()
        return [
            Difference(seed, batch, history, code, question, expected, got)
            for question in questions(rng, world)
            for history, code, expected, got in compare(actor, histories, question)
            if not only or code in only
        ]


def compare(actor: Actor, histories: list[History], question: Question):
    """Yield ``(history, code, expected, got)`` of every figure that differs."""
    measured = measure(actor.world, question)
    exclusions = left_out(actor, question)
    for history in histories:
        found = measured.get(actor.suppliers[history.key].id, {})
        expected = definition.figures(history, question, histories)
        for code in expected.keys() & actor.world.codes:
            got = _figure(found.get(code))
            if not is_same(expected[code], got):
                yield history, code, expected[code], got
        was = definition.without_mistakes(history)
        for row in definition.deliveries(was, question):
            got = exclusions.get(row.line, "no record")
            if got != row.exclusion:
                yield history, "record of a line", (row.line.key, row.exclusion), got


def left_out(actor: Actor, question: Question) -> dict:
    """Why the add-on leaves order lines out, empty where it counts them."""
    facts = actor.world.env["supplier.delivery.fact"]
    lines = {record.id * 2: line for line, record in actor.lines.items()}
    found = facts._with_fact_scope(
        dataclasses.replace(scope(actor.world, question), with_excluded=True)
    ).search([("id", "in", list(lines))])
    return {lines[fact.id]: fact.exclusion or "" for fact in found}


def measure(world: World, question: Question) -> dict:
    """What the add-on says, by supplier and code."""
    return world.kpis._measure(scope(world, question))


def scope(world: World, question: Question) -> FactScope:
    """The question as the add-on is asked it."""
    return FactScope(
        company_id=world.company.id,
        date_from=question.first,
        date_to=question.last,
        cutoff=question.cutoff,
        tz=question.tz,
        weighting=question.weighting,
        late_days=question.late,
        early_days=question.early,
        under_percent=float(question.under),
        over_percent=float(question.over),
    )


def _figure(measure) -> definition.Figure:
    if measure is None:
        return definition.Figure(None, 0, 0.0)
    return definition.Figure(measure.value, measure.n, measure.n_eff)


def is_same(expected: definition.Figure, got: definition.Figure) -> bool:
    if expected.n is not None and expected.n != got.n:
        return False
    if expected.n_eff is not None and not _is_close(expected.n_eff, got.n_eff):
        return False
    if expected.value is None or got.value is None:
        return expected.value is got.value
    return _is_close(expected.value, got.value)


def _is_close(expected: float, got: float) -> bool:
    return abs(expected - got) <= ROUNDING * max(1, abs(expected))
