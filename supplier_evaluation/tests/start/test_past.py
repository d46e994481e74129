from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import LockError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..scheduled import SCHEDULED
from .common import CRON, NOW, StartCommon

SPOILT = "May is spoilt"


@tagged("post_install", "-at_install")
class TestPast(StartCommon):
    """The last six months are scored at once, by the scheduled action."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.partner_id.tz = "Asia/Shanghai"
        cls.template.active = True
        cls.template.line_ids.filtered(
            lambda line: line.kpi_id.code not in ("otd", "fill_rate")
        ).unlink()
        cls.company.supplier_start_template_id = cls.template
        cls._buy()
        cls.env.flush_all()

    def test_what_it_would_do(self):
        step = self._step("past")
        self.assertIn("0 of 6 closed periods are computed", step["now"][0])
        self.assertIn("6 evaluations of 1 suppliers", step["change"][0])
        self.assertEqual([one["key"] for one in step["options"]], ["publish", "look"])
        self.assertFalse(any(one["is_proposed"] for one in step["options"]))
        with self.assertRefused("Choose something first"):
            self._apply("past")
        self.assertFalse(self._runs())

    def test_publish(self):
        self._apply("past", ["publish"])
        runs = self._runs()
        self.assertEqual(
            [str(day)[:7] for day in runs.mapped("date_to")],
            [f"2026-{month}" for month in ("03", "04", "05", "06", "07", "08")],
        )
        self.assertEqual(set(runs.mapped("state")), {"draft"})
        step = self._step("past")
        self.assertEqual(step["progress"]["waiting"], 6)
        self.assertFalse(step["button"])
        self._run_cron()
        self.assertEqual(set(runs.mapped("state")), {"published"})
        self.assertEqual(runs.mapped("scorecard_count"), [1] * 6)
        # The first is computed first: each knows the one before.
        cards = runs.scorecard_ids.sorted("date_to")
        self.assertEqual(cards.mapped("previous_id"), cards[:-1])
        step = self._step("past")
        self.assertTrue(step["is_done"])
        self.assertEqual(step["progress"]["published"], 6)
        self.assertEqual(self._retrieve()["published"], 6)

    def test_six_months_end_with_any_month(self):
        """However long that is; of longer periods, those that end in them."""
        for period, now, ends in (
            ("month", "2026-10-20", "04 05 06 07 08 09"),
            ("month", "2027-03-20", "09 10 11 12 01 02"),
            ("month", "2026-09-20", "03 04 05 06 07 08"),
            ("quarter", "2026-10-20", "06 09"),
            ("half", "2026-10-20", "06"),
            ("year", "2026-10-20", "12"),
            ("rolling_90", "2026-10-20", "04 05 06 07 08 09"),
        ):
            with self.subTest(period=period, now=now), freeze_time(now):
                self.template.period = period
                periods = self._mine()._past_periods(self.template)
                self.assertEqual(
                    [f"{last:%m}" for _first, last in periods], ends.split()
                )

    def test_done_again_it_changes_nothing(self):
        self._apply("past", ["publish"])
        self._run_cron()
        before = self._runs().read(["state", "seal", "date_computed", "write_date"])
        self._apply("past", ["publish"])
        self._run_cron()
        after = self._runs().read(["state", "seal", "date_computed", "write_date"])
        self.assertEqual(before, after)

    def test_revision_of_somebody_is_left_alone(self):
        self._apply("past", ["publish"])
        self._run_cron()
        published = self._runs()
        self._as(published[0], self.manager).action_revise()
        revision = self._runs() - published
        self.assertTrue(self._step("past")["is_done"])
        self._apply("past", ["publish"])
        self._run_cron()
        self.assertEqual(revision.state, "draft")
        self.assertEqual(set(published.mapped("state")), {"published"})

    def test_look_first_and_publish_later(self):
        self._apply("past", ["look"])
        self._run_cron()
        runs = self._runs()
        self.assertEqual(set(runs.mapped("state")), {"computed"})
        step = self._step("past")
        self.assertFalse(step["is_done"])
        self.assertEqual(step["button"], "Publish Them")
        self.assertEqual([one["key"] for one in step["options"]], ["publish"])
        computed = runs.mapped("date_computed")
        self._apply("past", ["publish"])
        self._run_cron()
        self.assertEqual(set(runs.mapped("state")), {"published"})
        self.assertEqual(runs.mapped("date_computed"), computed)

    def test_months_without_anything_are_not_published(self):
        other = self._create_template(
            "Nobody",
            ["otd"],
            tier_ids=[(6, 0, self.env["supplier.tier"].create({"name": "Unused"}).ids)],
        )
        self.company.supplier_start_template_id = other
        self._apply("past", ["publish"])
        self._run_cron()
        step = self._step("past")
        self.assertFalse(step["is_done"])
        self.assertIn("judged by: 6", step["now"][1])
        self.assertIn("Import what was ordered before", step["now"][2])
        self.assertEqual(set(self._runs().mapped("state")), {"computed"})
        # Once there is something, they are looked at again.
        other.tier_ids = False
        self._apply("past", ["publish"])
        self._run_cron()
        self.assertTrue(self._step("past")["is_done"])

    def test_period_in_its_grace_days_is_left_out(self):
        with freeze_time("2026-09-02 04:00:00"):
            periods = self._mine()._past_periods(self.template)
        self.assertEqual(
            (str(periods[0][1]), str(periods[-1][1])), ("2026-02-28", "2026-07-31")
        )

    def test_longer_periods(self):
        for period, count in (("quarter", 2), ("half", 1), ("year", 1), ("week", 26)):
            self.template.period = period
            with self.subTest(period=period), freeze_time(NOW):
                periods = self._mine()._past_periods(self.template)
                self.assertAlmostEqual(len(periods), count, delta=1)
                self.assertTrue(periods)

    def test_what_fails_stops_nothing_else(self):
        self._apply("past", ["publish"])
        model = type(self.env["supplier.evaluation"])
        compute = model.action_compute

        def fail_in_may(runs):
            if runs.date_to.month == 5:
                raise UserError(SPOILT)
            return compute(runs)

        with (
            patch.object(model, "action_compute", fail_in_may),
            mute_logger(SCHEDULED),
            self._failing(self.env.ref(CRON), SPOILT),
        ):
            self._run_cron()
        runs = self._runs()
        self.assertEqual(runs.mapped("state").count("published"), 5)
        self.assertFalse(any(runs.mapped("queued_on")))
        step = self._step("past")
        self.assertEqual(step["progress"]["errors"], [f"May 2026: {SPOILT}"])
        self.assertTrue(step["button"])
        # Asked for again, it is computed.
        self._apply("past", ["publish"])
        self._run_cron()
        self.assertTrue(self._step("past")["is_done"])
        self.assertFalse(self._step("past")["progress"]["errors"])

    def test_another_worker_is_left_alone(self):
        self._apply("past", ["publish"])
        with patch.object(
            type(self.env["supplier.evaluation"]),
            "_claim_series",
            side_effect=LockError("busy"),
        ):
            self._run_cron()
        self.assertTrue(all(self._runs().mapped("queued_on")))
        self.assertEqual(set(self._runs().mapped("state")), {"draft"})

    def test_who_lost_the_right_publishes_nothing(self):
        self._apply("past", ["publish"])
        self.manager.group_ids -= self.env.ref("purchase.group_purchase_manager")
        with mute_logger(SCHEDULED), self._failing(self.env.ref(CRON), ""):
            self._run_cron()
        self.assertEqual(set(self._runs().mapped("state")), {"draft"})
        self.assertTrue(all(self._runs().mapped("queue_error")))

    def test_what_waits_is_no_clients_to_write(self):
        self._apply("past", ["look"])
        run = self._as(self._runs()[0], self.manager)
        for vals in ({"queue_publishes": True}, {"queued_uid": self.env.uid}):
            with self.assertRefused("cannot be written directly"):
                run.write(vals)
