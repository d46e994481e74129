from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import RiskCommon


@tagged("post_install", "-at_install")
class TestRiskReview(RiskCommon):
    """On its day, the owner is asked to look again, once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cron = cls.env.ref("supplier_evaluation.ir_cron_supplier_risk_review")
        cls.signals.search([]).date_review = False
        cls.signal = cls._signal(
            user_id=cls.people["buyer"].id, date_review="2026-04-10"
        )

    def _run(self, now):
        self.env.flush_all()
        with freeze_time(now), self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.env.invalidate_all()

    def test_asked_once_for_each_day(self):
        self._run("2026-04-09 04:00:00")
        self.assertFalse(self.signal._review_activities())
        self._run("2026-04-10 04:00:00")
        [activity] = self.signal._review_activities()
        self.assertEqual(activity.user_id, self.people["buyer"])
        self.assertIn("Golden Supplier", activity.summary)
        activity.unlink()
        self._run("2026-04-11 04:00:00")
        self.assertFalse(self.signal._review_activities())
        self.signal.date_review = "2026-04-12"
        self._run("2026-04-12 04:00:00")
        self.assertEqual(len(self.signal._review_activities()), 1)

    def test_the_day_is_that_of_the_company(self):
        """At 17 h UTC the 10th has begun in Shanghai."""
        self._run("2026-04-09 17:00:00")
        self.assertTrue(self.signal._review_activities())

    def test_nobody_owns_it_then_a_manager_is_asked(self):
        self.signal.user_id = False
        self._run("2026-04-10 04:00:00")
        [activity] = self.signal._review_activities()
        self.assertIn(activity.user_id, self.people["manager"] | self.people["second"])

    def test_asked_when_somebody_is_there_again(self):
        """Where nobody could hear of it, the day is not lost."""
        people = self.people["buyer"] | self.people["manager"] | self.people["second"]
        people.active = False
        self._run("2026-04-10 04:00:00")
        self.assertFalse(self.signal._review_activities())
        self.people["second"].active = True
        self._run("2026-04-11 04:00:00")
        [activity] = self.signal._review_activities()
        self.assertEqual(activity.user_id, self.people["second"])

    def test_closed_ones_are_left_alone(self):
        self._run("2026-04-10 04:00:00")
        self._as(self.signal, "manager").action_close()
        self.assertFalse(self.signal._review_activities())
        self._run("2026-05-10 04:00:00")
        self.assertFalse(self.signal._review_activities())

    def test_statements_do_not_depend_on_signals(self):
        counts = []
        for count in (2, 20):
            new = self.signals.create(
                [
                    {**self.signal.copy_data()[0], "name": f"{count} {number}"}
                    for number in range(count)
                ]
            )
            new.date_review = "2026-04-10"
            with freeze_time("2026-04-10 04:00:00"):
                counts.append(self._statements_of(new._ask_review))
        # The first ones also look up who is asked.
        self.assertLessEqual(counts[1], counts[0])

    def test_a_bad_one_stops_no_other(self):
        other = self._signal(date_review="2026-04-10", name="Good")
        bad = self.signal.id
        original = type(self.signals)._ask_review

        def fail(signals):
            if bad in signals.ids:
                raise ValueError("Bad")
            return original(signals)

        self.patch(type(self.signals), "_ask_review", fail)
        self.env.flush_all()
        with (
            freeze_time("2026-04-10 04:00:00"),
            mute_logger("odoo.addons.supplier_evaluation.tools.scheduled"),
            self.enter_registry_test_mode(),
            self._failing(self.cron, "ValueError: Bad"),
        ):
            self.cron.method_direct_trigger()
        self.assertTrue(other._review_activities())
