from datetime import date

from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged
from odoo.tools import SQL

from ..common import MANAGER
from .common import AlertCommon

MONTHS = (
    (date(2026, 1, 1), date(2026, 1, 31)),
    (date(2026, 2, 1), date(2026, 2, 28)),
    (date(2026, 3, 1), date(2026, 3, 31)),
    (date(2026, 4, 1), date(2026, 4, 30)),
    (date(2026, 5, 1), date(2026, 5, 31)),
    (date(2026, 6, 1), date(2026, 6, 30)),
)


@tagged("post_install", "-at_install")
class TestClosedLoop(AlertCommon):
    """What slips is noticed, an action follows, and its effect is seen on the KPI."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["supplier.scorecard.template"].search([]).sets_vendor_score = False
        cls.template = cls._create_template(
            "Loop", ["otd"], sets_vendor_score=True, date_start=date(2026, 1, 1)
        )
        cls.template.minimum_lines = 5
        cls.kpi = cls.env["supplier.kpi"].search([("code", "=", "otd")])
        cls.otd = cls.template.line_ids
        cls.owner = cls._create_user("loop_owner", MANAGER)
        cls.rule = cls.env.ref("supplier_evaluation.supplier_alert_rule_below_target")
        cls.rule.write({"active": True, "company_id": cls.company.id, "threshold": 1})

    def _month(self, number, on_time, count=20):
        """Twenty lines of a month, some in time; published as the scheduler does."""
        first, last = MONTHS[number]
        for index in range(count):
            promise = first.replace(day=5 + index % 15)
            line = self._order(1, 5, str(promise), str(first))
            late = 0 if index < on_time else 8
            self._receive(line, str(promise.replace(day=promise.day + late)))
        cutoff = f"{last.replace(day=1).replace(month=last.month + 1)} 16:00:00"
        with freeze_time(f"{last.replace(month=last.month + 1, day=5)} 16:00:00"):
            run = self._evaluate(date_from=first, date_to=last, cutoff=cutoff)
            run.action_publish()
            self.env.flush_all()
        return run.scorecard_ids

    def _work_through(self, action, day, last="d6"):
        """Answer and accept every step up to D6, or another one."""
        with freeze_time(f"{day} 09:00:00"):
            own = self._as(action, "buyer")
            own.cause = "method"
            for step in own._steps_to_accept().filtered(lambda one: one.code <= last):
                step._answer(f"<p>Done: {step.code}</p>")
                self._as(step, "colleague")._accept()

    def _verify(self, day):
        with freeze_time(f"{day} 05:00:00"), self.enter_registry_test_mode():
            self.env.ref(
                "supplier_evaluation.ir_cron_supplier_corrective_verify"
            ).method_direct_trigger()
        self.env.invalidate_all()

    def _start(self):
        """Late deliveries, an alert of them, and the action that follows."""
        card = self._month(0, on_time=8)
        self.assertFalse(card.provisional)
        with freeze_time("2026-02-06 04:00:00"):
            alert = self._look(self.rule)
        self.assertEqual(alert.partner_id, self.supplier)
        action = alert.corrective_action_ids
        self.assertEqual(action.before_value, 40)
        self.assertEqual(action.kpi_id, self.kpi)
        self._work_through(action, "2026-02-10")
        return alert, action

    def test_effective(self):
        alert, action = self._start()
        self._month(1, on_time=20)
        self._verify("2026-03-06")
        self.assertEqual(action.state, "verifying", "it began before D6 was accepted")
        self._month(2, on_time=20)
        self._verify("2026-04-06")
        self.assertEqual(action.state, "verifying", "one period is no proof yet")
        self._month(3, on_time=20)
        self._verify("2026-05-06")
        self._verify("2026-05-07")
        self.assertEqual(action.state, "verifying", "it is not prevented elsewhere yet")
        said = action.message_ids.filtered(lambda one: "It helped" in (one.body or ""))
        self.assertEqual(len(said), 1)
        self.assertIn("D7 Prevention, D8 Recognition", said.body)
        self._work_through(action, "2026-05-08", last="d8")
        self.assertEqual(action.state, "effective")
        self.assertEqual((action.before_value, action.after_value), (40, 100))
        self.assertIn("before: 40.0 %", action.effect_text)
        self.assertIn("after: 100.0 %", action.effect_text)
        facts = action.action_open_after()
        self.assertEqual(facts["res_model"], "supplier.delivery.fact")
        # And what was noticed is over.
        with freeze_time("2026-05-06 04:00:00"):
            self.assertFalse(self._look(self.rule))
        self.assertEqual(alert.resolution, "itself")

    def test_prevented_first(self):
        """All steps were accepted before its figure is known: the night closes it."""
        _alert, action = self._start()
        self._work_through(action, "2026-02-20", last="d8")
        self.assertEqual(action.state, "verifying")
        self._month(2, on_time=20)
        self._month(3, on_time=20)
        self._verify("2026-05-06")
        self.assertEqual(action.state, "effective")

    def test_its_template_is_archived(self):
        """No scorecard will tell it: whoever owns it has it on the list, once."""
        _alert, action = self._start()
        self._work_through(action, "2026-02-20", last="d8")
        self._verify("2026-02-21")
        self.assertFalse(self._activities(action), "its scorecards are to tell it")
        action.user_id.lang = "en_US"
        self.template.active = False
        self._verify("2026-02-22")
        self._verify("2026-02-23")
        asked = self._activities(action)
        self.assertEqual(asked.user_id, action.user_id)
        self.assertEqual(asked.summary, "Say whether it helped")
        self.assertEqual(str(asked.date_deadline), "2026-02-20")
        self._as(action, "buyer")._judge("effective", "Nothing was late")
        self.assertEqual(action.state, "effective")
        self.assertFalse(self._activities(action))

    def _certify(self):
        """It is certified, and somebody else may deliver the same."""
        program = self.env["supplier.certification.program"].create(
            {
                "name": "Loop",
                "company_id": self.company.id,
                "validity_months": 12,
                "step_ids": [
                    Command.create(
                        {
                            "name": "One",
                            "user_ids": [Command.set(self.people["approver"].ids)],
                        }
                    )
                ],
            }
        )
        certification = self.env["supplier.certification"].create(
            {
                "partner_id": self.supplier.id,
                "company_id": self.company.id,
                "program_id": program.id,
            }
        )
        self._as(certification, "buyer").action_submit()
        certification._transition(
            "certified", "x", {"date_from": "2026-01-01", "date_to": "2026-12-31"}
        )
        other = self._create_supplier("Other Source")
        self._order(1, 5, "2026-01-10", "2026-01-02", partner=other)
        other.with_company(self.company)._set_supplier_stage(
            self.env.ref("supplier_evaluation.supplier_stage_approved"),
            "x",
            initial=True,
        )
        return certification, other

    def test_worse(self):
        _alert, action = self._start()
        certification, other = self._certify()
        self._month(2, on_time=8)
        self._month(3, on_time=0)
        with freeze_time("2026-05-06"):
            self.assertEqual(action._other_sources().partner_id, other)
        self._verify("2026-05-06")
        self.assertEqual(action.state, "open")
        self.assertEqual(action.reopen_count, 1)
        self.assertIs(action.after_value, False, "what comes now is not tried yet")
        self.assertFalse(action.after_line_id)
        self.assertIn("after: 0.0 %", action.decision_ids[0].reason)
        self.assertEqual(action.step_id.code, "d4")
        self.assertIn("Corrective action CAPA/", certification.suspension_proposal)
        self.assertIn("Other Source", certification.suspension_proposal)
        with self.assertRefused("Only a manager"):
            self._as(certification, "buyer")._suspend("late")
        self._as(certification, "manager")._suspend("late")
        self.assertEqual(certification.state, "suspended")
        self.assertFalse(certification.suspension_proposal)

    def test_no_data_is_no_failure(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.company.partner_id.lang = "de_DE"
        _alert, action = self._start()
        certification, _other = self._certify()
        for month in (2, 3, 4, 5):
            self._month(month, on_time=0, count=0)
        self._verify("2026-07-06")
        self.assertEqual(action.state, "not_proven")
        said = "Es gab keine gesicherte Zahl zum Vergleichen."
        self.assertEqual(action.decision_ids[0].reason, said)
        self.assertFalse(certification.date_suspension_proposed)

    def test_before_is_what_holds_after_a_dispute(self):
        """The supplier was not late: nothing got better than it was."""
        _alert, action = self._start()
        self._work_through(action, "2026-02-20", last="d8")
        before = action.before_line_id
        with freeze_time("2026-02-21 04:00:00"):
            run = before.evaluation_id
            revision = run.browse(run.action_revise()["res_id"])
            revision.action_compute()
            revision.action_publish()
            self.env.flush_all()
        revised = revision.scorecard_ids.line_ids
        self.env.cr.execute(
            SQL(
                "UPDATE supplier_scorecard_line SET value = 100 WHERE id = %s",
                revised.id,
            )
        )
        self.env.invalidate_all()
        self._month(2, on_time=20)
        self._month(3, on_time=20)
        self._verify("2026-05-06")
        self.assertEqual((action.before_value, action.after_value), (100, 100))
        self.assertEqual(action.before_line_id, revised)
        self.assertEqual(action.state, "not_proven")

    def test_not_proven(self):
        _alert, action = self._start()
        certification, _other = self._certify()
        self._month(2, on_time=8)
        self._month(3, on_time=9)
        self._verify("2026-05-06")
        self.assertEqual(action.state, "not_proven")
        self.assertTrue(certification.date_suspension_proposed)
        with self.assertRefused("Say why"):
            self._as(certification, "manager")._dismiss_suspension(" ")
        self._as(certification, "manager")._dismiss_suspension("The only source")
        self.assertEqual(certification.state, "certified")
        self.assertFalse(certification.suspension_proposal)
        with self.assertRefused("Nobody proposes"):
            self._as(certification, "manager")._dismiss_suspension("again")
