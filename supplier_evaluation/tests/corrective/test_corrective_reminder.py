from freezegun import freeze_time

from odoo.tests import tagged

from .common import CorrectiveCommon


@tagged("post_install", "-at_install")
class TestCorrectiveReminder(CorrectiveCommon):
    """Who has which step on the list, and who hears that it is late."""

    def test_overdue_is_told_once(self):
        cron = self.env.ref("supplier_evaluation.ir_cron_supplier_corrective_remind")
        counts = []
        for now in (
            "2026-03-11 07:00:00",
            "2026-03-11 09:00:00",
            "2026-03-11 10:00:00",
        ):
            with freeze_time(now), self.enter_registry_test_mode():
                cron.method_direct_trigger()
            self.env.invalidate_all()
            counts.append(len(self._activities_of_action()))
        # D0 and D3 are due within a day; each is told once. D0 was on the list before.
        self.assertEqual(counts, [1, 2, 2])

    def test_a_late_step_is_once_on_a_list(self):
        """Who does the next step has it once, and whoever else hears has it, too."""
        self._remind("2026-03-11 09:00:00")
        self.assertEqual(self._listed(), [("buyer", "D0"), ("buyer", "D3")])
        with freeze_time("2026-03-11 10:00:00"):
            self._step("d0").user_id = self.people["colleague"]
        listed = [("buyer", "D0"), ("buyer", "D3"), ("colleague", "D0")]
        self.assertEqual(self._listed(), listed)
        with freeze_time("2026-03-11 11:00:00"):
            self._step("d0", "colleague")._answer("<p>Done</p>")
            self._step("d0")._accept()
        self.assertEqual(self._listed(), [("buyer", "D1"), ("buyer", "D3")])
        self._remind("2026-03-12 09:00:00")
        self.assertEqual(self._listed(), [("buyer", "D1"), ("buyer", "D3")])

    def _listed(self):
        """Return who has which step on the list, as often as it is there."""
        names = {user: name for name, user in self.people.items()}
        return sorted(
            (names[one.user_id], one.summary[:2])
            for one in self._activities_of_action()
        )

    def test_a_manager_hears_what_nobody_else_does(self):
        """Its owner left, and nobody buys from the supplier."""
        with freeze_time("2026-03-11 09:00:00"):
            self.people["buyer"].active = False
            self.action.step_ids._tell_overdue()
            self.action._remind_owners()
        told = self._activities_of_action()
        self.assertEqual(told.user_id, self.people["manager"])
        self.assertEqual(len(told), 2)

    def test_who_left_is_told_nothing(self):
        steps = self.action.step_ids
        with freeze_time("2026-03-11 09:00:00"):
            self.people["buyer"].active = False
            self._step("d0", "manager").user_id = self.people["stranger"]
            self.people["manager"].active = False
            self.action._remind_owners()
            steps._tell_overdue()
            self.assertFalse(self._activities_of_action())
            self.assertFalse(steps.filtered("date_overdue_told"))
            self.supplier.buyer_id = self.people["colleague"]
            steps._tell_overdue()
        told = self._activities_of_action()
        self.assertEqual(told.user_id, self.people["colleague"])
        self.assertEqual(len(steps.filtered("date_overdue_told")), 2)

    def test_an_answer_waits_for_somebody_else(self):
        """Its owner entered it: the manager is asked, and its owner where allowed."""
        with freeze_time("2026-03-10 09:00:00"):
            self._step("d0")._answer("<p>Done</p>")
            self.assertEqual(self._listed(), [("manager", "D0")])
            self.company.supplier_8d_alone = True
            self.action._remind_owners()
            self.assertEqual(self._listed(), [("buyer", "D0")])
            self.company.supplier_8d_alone = False
            self._step("d0", "colleague")._answer("<p>All done</p>")
            self.assertEqual(self._listed(), [("buyer", "D0")])

    def _remind(self, now):
        cron = self.env.ref("supplier_evaluation.ir_cron_supplier_corrective_remind")
        with freeze_time(now), self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def _late_steps(self, person):
        kind = self.env.ref("supplier_evaluation.mail_activity_type_corrective_overdue")
        activities = self._activities_of_action().filtered(
            lambda one: (
                one.activity_type_id == kind and one.user_id == self.people[person]
            )
        )
        return sorted(activities.mapped("summary"))

    def test_what_is_late_stays_on_the_list(self):
        """An answer to one step does not hide that another is late."""
        self._remind("2026-03-11 09:00:00")
        late = ["D0 Emergency Response", "D3 Containment"]
        self.assertEqual(self._late_steps("buyer"), late)
        with freeze_time("2026-03-11 10:00:00"):
            self._step("d0")._answer("<p>Done</p>")
            self._step("d0", "colleague")._accept()
            self.assertEqual(self._late_steps("buyer"), ["D3 Containment"])
            self._as(self.action, "buyer").user_id = self.people["colleague"]
            self.assertEqual(self._late_steps("buyer"), [])
        self._remind("2026-03-11 11:00:00")
        self.assertEqual(self._late_steps("colleague"), ["D3 Containment"])
        with freeze_time("2026-03-11 12:00:00"):
            self._step("d3", "colleague")._answer("<p>Done</p>")
        self.assertEqual(self._late_steps("colleague"), [])
