"""Periods, cut-offs and days asked for, with nothing but the calendar."""

import json
import unittest
from dataclasses import FrozenInstanceError, fields
from datetime import date, datetime, timedelta

from ..scope import DAY, FactRules, FactScope, OpenScope, local_day

SHANGHAI = "Asia/Shanghai"


def march(**vals):
    return FactScope(
        **{
            "company_id": 7,
            "date_from": date(2026, 3, 1),
            "date_to": date(2026, 3, 31),
            "cutoff": datetime(2026, 4, 4, 16),
            "tz": SHANGHAI,
            **vals,
        }
    )


def questions(scope_class):
    """What can be asked of a scope, whoever asks."""
    return {
        name
        for name in dir(scope_class)
        if not name.startswith("_") and name not in ("to_context", "from_context")
    } | {field.name for field in fields(scope_class)}


class TestPeriod(unittest.TestCase):
    def test_days_are_the_companys(self):
        scope = march()
        self.assertEqual(scope.start, datetime(2026, 2, 28, 16))
        self.assertEqual(scope.period_stop, datetime(2026, 3, 31, 16))

    def test_cutoff_at_midnight_ends_the_day_before(self):
        scope = march()
        self.assertEqual(scope.cutoff_day, date(2026, 4, 4))
        self.assertEqual(scope.last_complete_day, date(2026, 4, 4))

    def test_cutoff_in_the_last_minute_means_the_whole_day(self):
        scope = march(cutoff=datetime(2026, 3, 15, 15, 59))
        self.assertEqual(scope.last_complete_day, date(2026, 3, 15))
        self.assertEqual(scope.last_day, date(2026, 3, 15))
        self.assertEqual(scope.stop, datetime(2026, 3, 15, 16))

    def test_cutoff_within_a_day_begins_it(self):
        scope = march(cutoff=datetime(2026, 3, 15, 10))
        self.assertEqual(scope.days, (date(2026, 3, 1), date(2026, 3, 15)))
        self.assertEqual(scope.last_complete_day, date(2026, 3, 14))
        self.assertEqual(scope.stop, datetime(2026, 3, 14, 16))

    def test_is_compared_with_what_was_there_when_it_ended(self):
        self.assertEqual(march().compared_stop, march().period_stop)
        self.assertEqual(march().year_end, date(2026, 3, 31))

    def test_day_that_the_clock_makes_longer(self):
        """In Havana the hour after midnight comes twice; both belong to the day."""
        day = date(2026, 11, 1)
        scope = march(date_from=day, date_to=day, tz="America/Havana")
        self.assertEqual(scope.period_stop - scope.start, timedelta(hours=25))
        self.assertEqual(local_day(scope.start, scope.tz), day)
        self.assertEqual(
            local_day(scope.start - timedelta(seconds=1), scope.tz), day - DAY
        )

    def test_is_frozen(self):
        with self.assertRaises(FrozenInstanceError):
            march().company_id = 8


class TestContext(unittest.TestCase):
    def test_survives_a_trip_to_the_browser(self):
        scope = march(early_days=2, weighting="line", template_id=3, aspect="order")
        values = json.loads(json.dumps(scope.to_context()))
        self.assertEqual(FactScope.from_context(values), scope)

    def test_older_scopes_have_the_defaults(self):
        values = march().to_context()
        for name in ("response_hours", "template_id", "aspect"):
            del values[name]
        self.assertEqual(FactScope.from_context(values), march())

    def test_what_was_published_by_a_former_name_is_read(self):
        values = march(aspect="order").to_context()
        values["basis"] = values.pop("aspect")
        self.assertEqual(FactScope.from_context(values).aspect, "order")

    def test_what_a_client_made_up_is_refused(self):
        for vals in (
            {"tz": "Moon/Crater"},
            {"tz": "/etc/passwd"},
            {"tz": "America"},
            {"tz": 8},
            {"date_from": "yesterday"},
            {"cutoff": None},
            {"weighting": "mood"},
            {"late_days": -1},
            {"early_days": 10**6},
            {"company_id": "x"},
            {"over_percent": []},
        ):
            with self.subTest(vals), self.assertRaises(ValueError):
                FactScope.from_context({**march().to_context(), **vals})

    def test_what_is_missing_is_refused(self):
        values = march().to_context()
        del values["cutoff"]
        with self.assertRaisesRegex(ValueError, "Not a scope"):
            FactScope.from_context(values)


class TestOpenScope(unittest.TestCase):
    now = datetime(2026, 4, 5, 20)

    def test_answers_all_that_a_period_answers(self):
        self.assertLessEqual(questions(FactScope), questions(OpenScope))

    def test_judges_by_the_defaults(self):
        scope = OpenScope(self.now)
        for field in fields(FactRules):
            with self.subTest(field.name):
                self.assertEqual(getattr(scope, field.name), field.default)
                self.assertEqual(getattr(march(), field.name), field.default)

    def test_is_about_every_company(self):
        scope = OpenScope(self.now)
        self.assertIsNone(scope.company_id)
        self.assertIsNone(scope.tz)

    def test_reads_all_days_up_to_now(self):
        scope = OpenScope(self.now)
        self.assertEqual(scope.start, datetime.min)
        self.assertEqual(scope.period_stop, datetime.max)
        self.assertLess(self.now, scope.stop)
        self.assertLessEqual(scope.stop, self.now + timedelta(microseconds=1))
        self.assertEqual(scope.date_from, date.min)
        self.assertEqual(scope.date_to, date(2026, 4, 5))

    def test_days_asked_for_are_read_with_one_more_on_both_sides(self):
        """They are found wherever a company is: from 12 hours behind to 14 ahead."""
        day = date(2026, 3, 10)
        scope = OpenScope(self.now, day, day)
        for tz in ("Etc/GMT+12", "Pacific/Kiritimati"):
            own = march(date_from=day, date_to=day, tz=tz)
            self.assertLessEqual(scope.start, own.start)
            self.assertLessEqual(own.period_stop, scope.period_stop)
        self.assertEqual((scope.date_from, scope.date_to), (day, day))

    def test_east_of_here_tomorrow_has_begun(self):
        tomorrow = date(2026, 4, 6)
        self.assertEqual(local_day(self.now, SHANGHAI), tomorrow)
        self.assertEqual(OpenScope(self.now).days[1], tomorrow)

    def test_is_compared_with_all_that_is_known(self):
        day = date(2026, 3, 10)
        scope = OpenScope(self.now, day, day)
        self.assertEqual(scope.year_end, date(2026, 4, 5))
        self.assertLess(self.now, scope.compared_stop)

    def test_at_the_ends_of_the_calendar(self):
        first = OpenScope(self.now, date.min, date.min)
        last = OpenScope(self.now, date.max, date.max)
        self.assertEqual(first.start, datetime.min)
        self.assertEqual(first.period_stop, datetime(1, 1, 3))
        self.assertEqual(last.period_stop, datetime.max)
