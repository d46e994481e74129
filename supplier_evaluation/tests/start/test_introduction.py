from datetime import date, timedelta
from itertools import pairwise

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import BUYER, REVIEWER
from .common import StartCommon


@tagged("post_install", "-at_install")
class TestIntroduction(StartCommon):
    """The programme: five phases with owners and days."""

    def _begin(self, now="2026-09-20 20:00:00"):
        with freeze_time(now):
            self._mine("supplier.introduction.phase").action_begin()
        return self.env["supplier.introduction.phase"].search(
            [("company_id", "=", self.company.id)]
        )

    def test_begin(self):
        """It begins on the day that the company has: 4 in the morning in Shanghai."""
        self.company.partner_id.tz = "Asia/Shanghai"
        phases = self._begin()
        self.assertEqual(
            phases.mapped("name"),
            ["Collect", "Screen", "Evaluate", "Review", "Announce and Train"],
        )
        self.assertEqual(phases.user_id, self.manager)
        self.assertEqual(phases[0].date_from, date(2026, 9, 21))
        for before, after in pairwise(phases):
            self.assertEqual(after.date_from, before.date_to + timedelta(days=1))
        self.assertTrue(all(phases.mapped("description")))

    def test_begun_twice_it_is_the_same(self):
        phases = self._begin()
        self.assertEqual(self._begin("2026-10-01 04:00:00"), phases)

    def test_states(self):
        phases = self._begin("2026-09-20 04:00:00")
        with freeze_time("2026-09-28 04:00:00"):
            phases.invalidate_recordset()
            self.assertEqual(
                phases.mapped("state"),
                ["late", "running", "planned", "planned", "planned"],
            )
            self._as(phases[0], self.manager).action_done()
            self.assertEqual(phases[0].state, "done")
        self.assertEqual(phases[0].done_uid, self.manager)
        self.assertEqual(phases[0].date_done, date(2026, 9, 28))
        self._as(phases[0], self.manager).action_reopen()
        self.assertFalse(phases[0].date_done)

    def test_owner_says_that_it_is_done(self):
        owner = self._create_user("introduction_owner", BUYER)
        other = self._create_user("introduction_other", BUYER)
        phase = self._begin()[0]
        phase.user_id = owner
        with self.assertRefused("The owner of", AccessError):
            self._as(phase, other).action_done()
        self._as(phase, owner).action_done()
        self.assertEqual(phase.done_uid, owner)
        with self.assertRefused("cannot be written directly", AccessError):
            self._as(phase, self.manager).write({"date_done": "2026-01-01"})

    def test_managers_begin_it(self):
        for index, groups in enumerate((BUYER, REVIEWER)):
            user = self._create_user(f"introduction_{index}", groups)
            with self.assertRefused("not allowed", AccessError):
                self._mine("supplier.introduction.phase", user).action_begin()

    def test_a_phase_of_a_company_has_days(self):
        with self.assertRefused("Say from when until when"):
            self._mine("supplier.introduction.phase").create(
                {"name": "Sometime", "company_id": self.company.id}
            )
