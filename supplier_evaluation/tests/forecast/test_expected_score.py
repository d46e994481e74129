from datetime import date, datetime

from freezegun import freeze_time

from odoo.tests import tagged

from ...forecast import beyond
from ...report.history.rows import FACT_IDS, ORDER_LINE
from .common import ForecastCommon

NOW = "2026-05-10 02:00:00"


@tagged("post_install", "-at_install")
class TestExpectedScore(ForecastCommon):
    """May while it runs: one line came on time, and others are still to come."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["supplier.scorecard.template"].search([]).active = False
        cls.template = cls._create_template(
            "Monthly", ["otd"], weighting="line", date_start=date(2026, 5, 1)
        )
        cls._receive(cls._order(10, 5, "2026-05-04"), "2026-05-04")
        cls.env.flush_all()

    def _card(self):
        with freeze_time(NOW):
            self.env["supplier.evaluation"]._look_at_running(
                self.template, self.company, date(2026, 5, 1), date(2026, 5, 31)
            )
            self.forecasts._make(self.company)
        self.env.invalidate_all()
        return self.env["supplier.scorecard"].search(
            [
                ("template_id", "=", self.template.id),
                ("partner_id", "=", self.supplier.id),
            ]
        )

    def _read(self, card, name="expected_score"):
        with freeze_time(NOW):
            return self._as(card, "buyer")[name]

    def test_open_lines_count_with_their_probability(self):
        lines = [self._order(10, 5, "2026-05-20"), self._order(10, 5, "2026-05-31")]
        self._order(10, 5, "2026-06-01")
        card = self._card()
        self.assertEqual(card.score, 100)
        shares = [1 - self._of(line).probability for line in lines]
        expected = 100 * (1 + sum(shares)) / 3
        self.assertTrue(50 < expected < 100)
        self.assertAlmostEqual(self._read(card), expected, delta=0.01)
        self.assertIn("their probability: 2", self._read(card, "expected_text"))
        with freeze_time(NOW):
            action = self._as(card, "buyer").action_open_expected()
        shown = self._shown(action)
        self.assertEqual(shown.keys(), {lines[0].id, lines[1].id})
        for line in lines:
            self.assertAlmostEqual(shown[line.id], self._of(line).probability, 9)

    def _shown(self, action):
        """Return the chance of being late by line, as the list of an action has it."""
        facts = self._as(self.env["supplier.delivery.fact"], "buyer")
        facts = facts.with_context(**action["context"]).search(action["domain"])
        with freeze_time(NOW):
            return {
                FACT_IDS.split(fact.ids)[ORDER_LINE][0]: fact.late_chance
                for fact in facts
            }

    def _shown_of(self, card):
        with freeze_time(NOW):
            return self._shown(self._as(card, "buyer").action_open_expected())

    def test_what_came_before_its_day_is_known(self):
        """A line that came in full before its day counts as what it is."""
        line = self._order(10, 5, "2026-05-20")
        came = self._order(10, 5, "2026-05-25")
        self._receive(came, "2026-05-08")
        card = self._card()
        self.assertEqual((card.score, card.delivery_lines), (100, 1))
        share = 1 - self._of(line).probability
        self.assertAlmostEqual(self._read(card), 100 * (2 + share) / 3, delta=0.01)
        self.assertAlmostEqual(
            self._read(card, "expected_low"), 100 * 2 / 3, delta=0.01
        )
        text = self._read(card, "expected_text")
        self.assertIn("their probability: 1,", text)
        self.assertIn("is over: 1.", text)
        shown = self._shown_of(card)
        self.assertEqual(shown.keys(), {line.id, came.id})
        self.assertIs(shown[came.id], False)

    def test_what_came_in_part_is_open(self):
        """A part that is missing can still come late, or too much went back."""
        line = self._order(10, 5, "2026-05-20")
        self._receive(line, "2026-05-08", 4)
        card = self._card()
        share = 1 - self._of(line).probability
        self.assertAlmostEqual(self._read(card), 100 * (1 + share) / 2, delta=0.01)
        self.assertNotIn("came already", self._read(card, "expected_text"))

    def test_all_came_before_its_day(self):
        """Too early for the template is not on time, and that is known, too."""
        self.template.write({"limit_early": True, "early_tolerance_days": 3})
        self._receive(self._order(10, 5, "2026-05-25"), "2026-05-08")
        card = self._card()
        self.assertEqual(card.score, 100)
        for name in ("expected_score", "expected_low", "expected_high"):
            self.assertAlmostEqual(self._read(card, name), 50, delta=0.01, msg=name)

    def test_what_was_left_out_is_not_in_it(self):
        line = self._order(10, 5, "2026-05-20")
        out = self._order(10, 5, "2026-05-21")
        out._set_supplier_exclusion("manual", "Our own doing")
        card = self._card()
        self.assertTrue(self._of(out))
        share = 1 - self._of(line).probability
        self.assertAlmostEqual(self._read(card), 100 * (1 + share) / 2, delta=0.01)
        self.assertEqual(self._shown_of(card).keys(), {line.id})

    def _with_tolerance(self, days):
        self.template.write({"late_tolerance_days": days, "grace_days": days})

    def test_tolerance(self):
        """On time is what is not later than the tolerance; days late know none."""
        self.template = self._create_template(
            "Tolerant",
            ["otd", "days_late"],
            weighting="line",
            date_start=date(2026, 5, 1),
        )
        self._with_tolerance(4)
        line = self._order(10, 5, "2026-05-20")
        card = self._card()
        # Of 4 deliveries 2 were late, by 4 and by 6 days: one by more than 4.
        too_late = self._learned(4, line)
        forecast = self._of(line)
        late, days = forecast.probability, forecast.days_when_late
        self.assertTrue(0 < too_late < 0.8 * late, (too_late, late))
        self.assertAlmostEqual(self._shown_of(card)[line.id], too_late, 9)
        rules = {
            rule.code: rule for rule in card.evaluation_id.template_id._line_rules()
        }
        values = {"otd": 100 * (2 - too_late) / 2, "days_late": late * days / 2}
        expected = sum(rules[code].scale.score(value) for code, value in values.items())
        self.assertAlmostEqual(self._read(card), expected / 2, delta=0.02)

    def _learned(self, tolerance, line, company=None):
        company = company or self.company
        lesson = self.forecasts._last_lesson(
            company, line.partner_id, line.product_id, tolerance
        )
        key = line._as_open_line().key
        return lesson.learned.forecast(key, with_interval=False).probability

    def test_late_within_the_tolerance(self):
        """Its day is over and its tolerance is not: it counts, more probably late."""
        self._with_tolerance(4)
        line = self._order(10, 5, "2026-05-08")
        card = self._card()
        self.assertTrue(self._of(line).is_overdue)
        self.assertEqual(card.delivery_lines, 1)
        late, too_late = (self._learned(days, line) for days in (0, 4))
        chance = beyond(late, too_late, 4, 2)
        self.assertTrue(too_late < chance < 1)
        self.assertAlmostEqual(self._read(card), 100 * (2 - chance) / 2, delta=0.01)
        self.assertAlmostEqual(self._shown_of(card)[line.id], chance, 9)

    def test_a_tolerance_of_which_nothing_was_learned_yet(self):
        """Until the next night, what is late at all is taken to be too late."""
        self._with_tolerance(4)
        line = self._order(10, 5, "2026-05-20")
        card = self._card()
        self._forget(4)
        share = 1 - self._of(line).probability
        self.assertAlmostEqual(self._read(card), 100 * (1 + share) / 2, delta=0.01)

    def _forget(self, tolerance):
        """Forget what was learned for a tolerance."""
        tallies = self.env["supplier.delivery.tally"]
        tallies.search([("tolerance", "=", tolerance)]).unlink()

    def test_late_within_a_tolerance_of_which_nothing_was_learned_yet(self):
        """It is more probable than before its day, and never certain before it is."""
        self._with_tolerance(4)
        lines = [self._order(10, 5, f"2026-05-{day:02}") for day in (10, 9, 8, 6)]
        card = self._card()
        late = self._learned(0, lines[0])
        self._forget(4)
        shown = self._shown_of(card)
        found = [shown[line.id] for line in lines]
        self.assertEqual(found, sorted(found))
        self.assertAlmostEqual(found[0], late, 9)
        self.assertAlmostEqual(found[1], max(late, 0.5), 9)
        self.assertAlmostEqual(found[2], max(late, 0.5) ** 0.75, 9)
        self.assertLess(found[-1], 1)
        counted = 1 + sum(1 - chance for chance in found)
        self.assertAlmostEqual(self._read(card), 100 * counted / 5, delta=0.01)

    def _late_by_tolerance(self, now=NOW):
        """Return how many were late, by the tolerances that a night learns."""
        with freeze_time(now):
            self.forecasts._make(self.company)
        tallies = self.env["supplier.delivery.tally"].search(
            [("company_id", "=", self.company.id), ("kind", "=", "all")]
        )
        return {tally.tolerance: tally.late_count for tally in tallies}

    def test_the_tolerances_that_are_learned(self):
        self._with_tolerance(4)
        self._order(10, 5, "2026-05-20")
        self._card()
        self.assertEqual(self._late_by_tolerance(), {0: 2, 4: 1})

    def test_the_tolerance_that_the_running_period_was_computed_with(self):
        """Until it is computed anew, whatever the template says by now."""
        self._with_tolerance(4)
        line = self._order(10, 5, "2026-05-08")
        card = self._card()
        before = self._shown_of(card)[line.id]
        self.template.late_tolerance_days = 3
        # The open line is late already, and of its tolerance nothing is known yet.
        self.assertEqual(self._late_by_tolerance(), {0: 3, 3: 2, 4: 1})
        self.env.invalidate_all()
        self.assertAlmostEqual(self._shown_of(card)[line.id], before, 9)
        self.template.late_tolerance_days = 0
        self.template.active = False
        self.assertEqual(self._late_by_tolerance(), {0: 3, 4: 1})
        over = "2026-06-05 02:00:00"
        self.assertEqual(self._late_by_tolerance(over).keys(), {0})

    def test_the_tolerance_of_an_archived_template(self):
        """It is learned where an evaluation that is not over will be computed by it."""
        self._with_tolerance(4)
        self.template.active = False
        self.assertEqual(self._late_by_tolerance().keys(), {0})
        self.env["supplier.evaluation"].create(
            {
                "template_id": self.template.id,
                "company_id": self.company.id,
                "date_from": date(2026, 5, 1),
                "date_to": date(2026, 5, 31),
            }
        )
        self.assertEqual(self._late_by_tolerance().keys(), {0, 4})

    def test_the_tolerances_are_asked_for_at_once(self):
        """One statement, and those of another company are its own."""
        self._with_tolerance(4)
        self._order(10, 5, "2026-05-20")
        self._card()
        self.template.late_tolerance_days = 3
        self.env.flush_all()
        other = self.env["res.company"].create({"name": "Other"})
        with freeze_time(NOW):
            scopes = [
                self.forecasts._scope(company, datetime(2026, 5, 10, 2))
                for company in (self.company, other)
            ]
        with self.assertQueryCount(1):
            found = self.forecasts._tolerances(scopes[0])
        self.assertEqual(found, [3, 4])
        self.assertNotIn(4, self.forecasts._tolerances(scopes[1]))

    def test_the_number_of_statements(self):
        """However many lines and suppliers there are."""
        self._order(10, 5, "2026-05-20")
        card = self._card()
        few = self._statements_of(lambda: self._read_anew(card))
        early = self._order(10, 5, "2026-05-05", partner=self.rival)
        self._receive(early, "2026-05-05")
        for day in range(12, 18):
            self._order(10, 5, f"2026-05-{day}")
            self._order(10, 5, f"2026-05-{day}", partner=self.rival)
        cards = self._card().evaluation_id.scorecard_ids
        self.assertGreater(len(cards), 1)
        self._read_anew(cards)
        self.assertLessEqual(
            self._statements_of(lambda: self._read_anew(cards)), few + 2
        )

    def _read_anew(self, cards):
        self.env.invalidate_all()
        with freeze_time(NOW):
            return cards.with_prefetch(cards.ids).mapped("expected_score")

    def test_every_delivery_figure(self):
        """On time, in full and days late are projected; what is else stays."""
        self.template = self._create_template(
            "Several",
            ["otd", "otif", "days_late", "lead_time"],
            weighting="line",
            date_start=date(2026, 5, 1),
        )
        line = self._order(10, 5, "2026-05-20")
        card = self._card()
        forecast = self._of(line)
        share, days = forecast.probability, forecast.days_when_late
        by_code = {one.kpi_id.code: one for one in card.line_ids}
        rules = {
            rule.code: rule for rule in card.evaluation_id.template_id._line_rules()
        }
        values = {
            "otd": [100 * (2 - share) / 2, 50, 100],
            "otif": [100 * (2 - share) / 2, 50, 100],
            "days_late": [share * days / 2, days / 2, 0],
        }
        total = sum(one.weight for one in card.line_ids)
        stays = by_code["lead_time"].weight * by_code["lead_time"].score
        expected = [
            (
                stays
                + sum(
                    by_code[code].weight * rules[code].scale.score(ends[place])
                    for code, ends in values.items()
                )
            )
            / total
            for place in range(3)
        ]
        names = ("expected_score", "expected_low", "expected_high")
        for name, value in zip(names, expected, strict=True):
            self.assertAlmostEqual(self._read(card, name), value, delta=0.02, msg=name)
        projected = 100 * (1 - by_code["lead_time"].weight / total)
        self.assertAlmostEqual(self._read(card, "expected_share"), projected, delta=0.1)
        self.assertIn(f"in {projected:.0f} % of", self._read(card, "expected_text"))
        by_code["otd"].sudo().write(
            {"is_overridden": True, "override_score": 50, "override_reason": "Strike"}
        )
        self.env.invalidate_all()
        self.assertLess(self._read(card, "expected_share"), projected - 1)

    def test_by_value(self):
        self.template.weighting = "value"
        line = self._order(30, 5, "2026-05-20")
        card = self._card()
        share = 1 - self._of(line).probability
        self.assertAlmostEqual(
            self._read(card), 100 * (50 + 150 * share) / 200, delta=0.01
        )

    def test_what_is_not_running_expects_nothing(self):
        self._order(10, 5, "2026-05-20")
        card = self._card()
        with freeze_time("2026-06-05 02:00:00"):
            self.env.invalidate_all()
            self.assertIs(self._as(card, "buyer").expected_score, False)

    def test_nothing_is_still_to_come(self):
        self._order(10, 5, "2026-05-06")  # overdue: it counts as late already
        card = self._card()
        self.assertIs(self._read(card), False)
        self.assertFalse(self._read(card, "expected_text"))
