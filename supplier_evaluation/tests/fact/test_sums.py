"""Sums say what the live query says, whatever happened and whenever they were made."""

import random
from datetime import date, datetime, timedelta

from freezegun import freeze_time

from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from ...scoring import FactScope
from ..histories.acting import Actor, World
from ..histories.chance import Can, invent
from . import sums

MODELS = (
    "supplier.delivery.fact",
    "supplier.price.fact",
    "supplier.receipt.fact",
)
MARCH = (date(2026, 3, 1), date(2026, 3, 31))


class LateActor(Actor):
    """Brings the sums up to date now and then: what came since is asked live."""

    def __init__(self, world, clock, rng):
        super().__init__(world, clock)
        self.rng = rng
        self.changes = world.env["supplier.fact.change"]

    def _steps(self, history):
        for moment, story, step, what in super()._steps(history):
            yield moment, story, self._then(step), what

    def _then(self, step):
        def do(what):
            step(what)
            if self.rng.random() < 0.1:
                self.changes._catch_up()

        return do


@tagged("post_install", "-at_install")
class TestSums(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.worlds = World.all(cls.env)
        sums.build(cls.env)

    def test_histories(self):
        for number, world in enumerate(self.worlds):
            with self.subTest(world=world.company.name):
                self._check(world, seed=11, batch=number, size=6)

    def _check(self, world, seed, batch, size):
        rng = random.Random(f"{seed} {batch}")
        can = Can(world.own, world.euro, kits=world.has_kits)
        histories = [
            invent(seed, f"S{batch}.{number}", can) for number in range(1, size + 1)
        ]
        with freeze_time("2024-01-02") as clock:
            LateActor(world, clock, rng).act(histories)
            clock.move_to("2026-06-01")
            world.env.flush_all()
            live = self._live(world, rng)
            self._assert_says(world, live)
            self.assertTrue(world.env["supplier.fact.change"]._catch_up())
            self.assertFalse(world.env["supplier.fact.change"].search([]))
            self._assert_says(world, live)
            self._assert_taken(world)

    def _assert_taken(self, world):
        """What is compared comes from sums: a wrong one would be seen."""
        world.env.cr.execute(
            SQL("UPDATE supplier_delivery_sum SET value = value + 1, ordered = 77")
        )
        scope = FactScope(world.company.id, *MARCH, datetime(2026, 5, 20), world.tz)
        for asked in (scope, None):
            self.assertTrue(sums.differences(world.env, MODELS[0], asked))
        sums.build(world.env)
        # Made all at once, they are what they were when they followed each change.
        self._assert_same(world.env)

    def _live(self, world, rng):
        """Return questions, each with what the live query says."""
        cutoffs = [datetime(2026, 5, 20)] + [
            datetime(2026, 3, 5) + timedelta(minutes=rng.randrange(45 * 24 * 60))
            for _each in range(3)
        ]
        asked = [None]
        for cutoff in cutoffs:
            scope = FactScope(world.company.id, *MARCH, cutoff, world.tz)
            asked += sums.scopes(scope)
        questions = [(model, scope) for scope in asked for model in MODELS]
        return [(each, sums.live_rows(world.env, *each)) for each in questions]

    def _assert_says(self, world, live):
        taken = world.env["supplier.delivery.sum"].search_count(
            [("company_id", "=", world.company.id)]
        )
        self.assertTrue(taken)
        for (model, scope), expected in live:
            got = sums.rows(world.env, model, scope)
            found = sums.differing(model, expected, got)
            self.assertFalse(found, f"{scope}\n" + "\n".join(found[:8]))

    def _assert_same(self, env):
        for model in MODELS:
            found = sums.differences(env, model)
            self.assertFalse(found, "\n".join(found[:8]))
