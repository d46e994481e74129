from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import CorrectiveCommon


@tagged("post_install", "-at_install")
class TestCorrectiveAction(CorrectiveCommon):
    """The steps of an 8D: in their order, in time, and decided with a reason."""

    def test_numbered_and_owned(self):
        others = self.env["supplier.corrective.action"].create(
            [
                {"title": title, "partner_id": self.supplier.id}
                for title in ("One", "Two")
            ]
        )
        names = (self.action | others).mapped("name")
        self.assertEqual(len(set(names)), 3)
        self.assertTrue(all(name.startswith("CAPA/") for name in names))
        self.assertEqual(self.action.user_id, self.people["buyer"])
        self.assertEqual(len(self.action.step_ids), 9)

    def test_a_contact_stands_for_its_company(self):
        contact = self._create_contact("Sales Desk")
        action = self.env["supplier.corrective.action"]._open(
            contact, self.company, "x"
        )
        self.assertEqual(action.partner_id, self.supplier)

    def test_containment_within_a_day(self):
        self.assertEqual(self._step("d3").date_due, self._moment("2026-03-11 08:00:00"))

    def test_no_d5_before_d4(self):
        with self.assertRefused("builds on D4 Root Cause"):
            self._step("d5")._answer("<p>x</p>")
        self._step("d4")._answer("<p>x</p>")
        with self.assertRefused("builds on D4 Root Cause"):
            self._step("d5")._answer("<p>x</p>")
        self.action.cause = "method"
        self._step("d4", "colleague")._accept()
        self._step("d5")._answer("<p>x</p>")
        with self.assertRefused("builds on"):
            self._step("d8")._answer("<p>x</p>")

    def test_d4_needs_its_cause(self):
        self._step("d4")._answer("<p>x</p>")
        with self.assertRefused("which root cause"):
            self._step("d4", "colleague")._accept()

    def test_rejected_with_a_reason(self):
        with self.assertRefused("no answer"):
            self._step("d1")._accept()
        with self.assertRefused("Enter what"):
            self._step("d1")._answer("<p><br></p>")
        self._step("d1")._answer("<p>We look</p>")
        with self.assertRefused("Say why"):
            self._step("d1")._reject(" ")
        self._step("d1")._reject("Who is in the team?")
        self.assertEqual(self._step("d1").state, "rejected")
        self._step("d1")._answer("<p>Ann and Bob</p>")
        self._step("d1", "colleague")._accept()
        decisions = self.action.decision_ids.sorted("id").mapped("decision")
        self.assertEqual(decisions, ["answered", "rejected", "answered", "accepted"])
        with self.assertRefused("accepted already"):
            self._step("d1")._answer("<p>Cid</p>")

    def test_whoever_entered_an_answer_does_not_accept_it(self):
        own = self._step("d1", "manager")
        own._answer("<p>Ann and Bob</p>")
        self.assertIn("somebody else accepts", self._problem("manager", "d1"))
        for step in (own, own.sudo()):
            with self.assertRefused("somebody else accepts it", AccessError):
                step._accept()
        vals = {"action_id": self.action.id, "step_id": own.id, "deed": "accept"}
        dialog = self._as(self.env["supplier.corrective.wizard"], "manager")
        with self.assertRefused("somebody else accepts it", AccessError):
            dialog.create(vals).action_apply()
        # A typing error is taken back by whoever made it.
        own._reject("It was of another supplier")
        own._answer("<p>Cid</p>")
        self.assertFalse(self._problem("buyer", "d1"))
        self._step("d1")._accept()
        self.assertEqual(own.state, "accepted")

    def test_whoever_answered_last_entered_the_answer(self):
        self._step("d1")._answer("<p>Ann</p>")
        self._step("d1", "colleague")._answer("<p>Ann and Bob</p>")
        with self.assertRefused("somebody else accepts it", AccessError):
            self._step("d1", "colleague")._accept()
        self._step("d1")._accept()

    def test_a_company_may_let_one_person_do_both(self):
        self._step("d1")._answer("<p>Ann and Bob</p>")
        with self.assertRaises(AccessError):
            self._as(self.company, "buyer").supplier_8d_alone = True
        with self.assertRaises(AccessError):
            self._as(self.company, "manager").supplier_8d_alone = True
        self.company.supplier_8d_alone = True
        self.assertFalse(self._problem("buyer", "d1"))
        self._step("d1")._accept()
        self.assertEqual(self._step("d1").state, "accepted")

    def _problem(self, person, code):
        """What is said of a step that is the next to be accepted."""
        before = self.action.step_ids.filtered(lambda step: step.code < code)
        before._write_guarded({"state": "accepted"})
        return self._as(self.action, person).accept_problem

    def test_nothing_is_written_by_hand(self):
        for record, vals in (
            (self._as(self.action, "manager"), {"state": "effective"}),
            (self._as(self.action, "manager"), {"before_value": 1}),
            (self._step("d1", "manager"), {"state": "accepted"}),
            (self._step("d1", "manager"), {"answer": "x"}),
        ):
            with self.assertRefused("cannot be written", AccessError):
                record.write(vals)
        with self.assertRefused("cannot be written", AccessError):
            self._as(self.action, "manager").create(
                {"title": "x", "partner_id": self.supplier.id, "name": "CAPA/1"}
            )

    def test_no_step_is_accepted_by_another_action(self):
        step = self._step("d4")
        forged = [Command.update(step.id, {"state": "accepted", "answer": "<p>x</p>"})]
        vals = {"title": "x", "partner_id": self.supplier.id}
        own = self._as(self.action, "buyer")
        for action in (
            own.create({**vals, "step_ids": forged}),
            own.with_context(default_step_ids=forged).create(vals),
        ):
            self.assertEqual(len(action.step_ids), 9)
            self.assertEqual(step.state, "open")

    def test_a_dialog_tells_nothing_of_another_company(self):
        self._step("d1")._answer("<p>Secret</p>")
        vals = {"action_id": self.action.id, "step_id": self._step("d1").id}
        dialogs = self.env["supplier.corrective.wizard"]
        own = self._as(dialogs, "colleague").create({**vals, "deed": "accept"})
        self.assertIn("Secret", own.given_answer)
        other = self._as(dialogs, "stranger").create({**vals, "deed": "accept"})
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            other.read(["given_answer"])

    def test_nothing_is_no_zero(self):
        """0 before is a figure: any other after it would be an effect."""
        actions = self._as(self.env["supplier.corrective.action"], "buyer")
        vals = {"title": "x", "partner_id": self.supplier.id}
        with self.assertRefused("cannot be written", AccessError):
            actions.create({**vals, "before_value": 0.0})
        self.assertIs(
            actions.create({**vals, "before_value": False}).before_value, False
        )

    def _accept_all(self):
        self._accept(*self.action._steps_to_accept().mapped("code"))

    def test_judged_by_hand(self):
        with self.assertRefused("after D6"):
            self._as(self.action, "buyer")._judge("effective", "x")
        self._accept("d0", "d1", "d2", "d3", "d4", "d5", "d6")
        self.assertEqual(self.action.state, "verifying")
        with self.assertRefused("D7 Prevention, D8 Recognition first"):
            self._as(self.action, "buyer")._judge("effective", "x")
        self._accept("d7", "d8")
        self.assertEqual(
            self._activities_of_action().mapped("summary"), ["Say whether it helped"]
        )
        with self.assertRefused("Say why"):
            self._as(self.action, "buyer")._judge("effective", " ")
        with self.assertRefused("whether it helped"):
            self._as(self.action, "buyer")._judge(False, "x")
        self._as(self.action, "buyer")._judge("effective", "Nothing was late")
        self.assertEqual(self.action.state, "effective")
        self.assertFalse(self._activities_of_action())
        with self.assertRefused("closed"):
            self._step("d7")._answer("<p>x</p>")

    def test_what_is_not_proven_waits_for_no_prevention(self):
        self._accept("d4", "d5", "d6")
        self._as(self.action, "buyer")._judge("not_proven", "It is not ordered now")
        self.assertEqual(self.action.state, "not_proven")

    def test_managers_cancel_and_reopen(self):
        for deed in ("_cancel", "_reopen"):
            for own in (
                self._as(self.action, "buyer"),
                self._as(self.action, "buyer").sudo(),
            ):
                with self.assertRefused("Only a manager", AccessError):
                    getattr(own, deed)("x")
        own = self._as(self.action, "manager")
        own._cancel("It was none")
        self.assertEqual(own.state, "cancelled")
        own._reopen("It was one")
        self.assertEqual((own.state, own.reopen_count), ("open", 1))

    def test_what_its_kpi_tells_only_a_manager_tells_before(self):
        self.action.template_id = self.template
        self.action.kpi_id = self.template.line_ids.kpi_id[:1]
        self._accept_all()
        for own in (
            self._as(self.action, "buyer"),
            self._as(self.action, "buyer").sudo(),
        ):
            with self.assertRefused("A manager may", AccessError):
                own._judge("effective", "x")
        self._as(self.action, "manager")._judge("effective", "x")

    def test_where_no_scorecard_tells_it_somebody_does(self):
        self.action.kpi_id = self.env["supplier.kpi"].search([], limit=1)
        self.assertFalse(self.action.template_id)
        self._accept_all()
        self._as(self.action, "buyer")._judge("effective", "Nothing was late")
        self.assertEqual(self.action.state, "effective")

    def test_what_is_measured_stays(self):
        self._accept("d4", "d5", "d6")
        with self.assertRefused("was agreed before D6"):
            self._as(self.action, "manager").periods_to_wait = 1

    def test_other_company_and_portal(self):
        stranger = self._as(self.env["supplier.corrective.action"], "stranger")
        self.assertFalse(stranger.search([("id", "=", self.action.id)]))
        for person in ("portal", "nobody"):
            with self.assertRaises(AccessError):
                self._as(self.action, person).read(["title"])

    def test_origins(self):
        incident = self.env["supplier.incident"].create(
            {
                "title": "Chipped",
                "partner_id": self.supplier.id,
                "company_id": self.company.id,
                "cost": 120,
            }
        )
        own = self._as(incident, "buyer")
        action = own.action_start_corrective_action()
        self.assertEqual(own.action_start_corrective_action(), action)
        opened = self.env["supplier.corrective.action"].browse(action["res_id"])
        self.assertEqual((opened.incident_id, opened.cost), (incident, 120))
        self.assertEqual(opened.title, "Chipped")

    def test_after_one_was_cancelled_there_is_another(self):
        incident = self.env["supplier.incident"].create(
            {
                "title": "Chipped",
                "partner_id": self.supplier.id,
                "company_id": self.company.id,
            }
        )
        own = self._as(incident, "buyer")
        own.action_start_corrective_action()
        first = incident.corrective_action_ids
        self._as(first, "manager")._cancel("Typed in twice")
        own.action_start_corrective_action()
        second = incident.corrective_action_ids - first
        self.assertEqual(second.state, "open")
        own.action_start_corrective_action()
        self.assertEqual(incident.corrective_action_ids, first | second)

    def test_incident_of_another_supplier_now(self):
        """Its 8D goes with it, unless the wrong supplier answered it already."""
        other = self._create_supplier("The one that it was")
        incidents = self._as(self.env["supplier.incident"], "buyer").create(
            [
                {
                    "title": title,
                    "partner_id": self.supplier.id,
                    "company_id": self.company.id,
                }
                for title in ("Chipped", "Rusty")
            ]
        )
        for incident in incidents:
            self._as(incident, "buyer").action_start_corrective_action()
        asked, answered = incidents.corrective_action_ids.sorted("id")
        answered.step_ids[:1].sudo()._write_guarded({"answer": "Our furnace"})
        self._as(incidents, "buyer").partner_id = other
        self.assertEqual(asked.partner_id, other)
        self.assertEqual(answered.partner_id, self.supplier)
        for incident in self._as(incidents, "buyer"):
            action = incident.action_start_corrective_action()
            started = self.env["supplier.corrective.action"].browse(action["res_id"])
            self.assertEqual(started.partner_id, other)
            self.assertEqual(started.incident_id, incident)

    def test_from_a_published_figure(self):
        self._receive(self._order(10, 5, "2026-03-10"), "2026-03-12")
        evaluation = self._evaluate(self._create_template("Figures", ["otd"]))
        line = self._as(evaluation.scorecard_ids.line_ids, "buyer")
        with self.assertRefused("is not published"):
            line.action_start_corrective_action()
        evaluation.action_publish()
        action = line.action_start_corrective_action()
        self.assertEqual(line.action_start_corrective_action(), action)
        opened = self.env["supplier.corrective.action"].browse(action["res_id"])
        self.assertEqual(opened.before_line_id, line)
        self.assertEqual(opened.before_value, 0)

    def _late_figure(self):
        self._receive(self._order(10, 5, "2026-03-10"), "2026-03-12")
        evaluation = self._evaluate(self._create_template("Figures", ["otd"]))
        evaluation.action_publish()
        return evaluation.scorecard_ids.line_ids

    def test_the_figure_before_is_of_the_supplier(self):
        line = self._late_figure()
        action = self._as(self._open(scorecard_line=line), "buyer")
        action.write({"partner_id": self.supplier.id, "kpi_id": line.kpi_id.id})
        self.assertEqual(action.before_line_id, line)
        action.partner_id = self._create_supplier("Another")
        self.assertFalse(action.before_line_id)
        self.assertIs(action.before_value, False)
        action.partner_id = self.supplier
        self.assertEqual(action.before_line_id, line)
        action.template_id = self._create_template("Others", ["otd"])
        self.assertIs(action.before_value, False)

    def test_whose_effect_is_measured_stays(self):
        self._accept("d4", "d5", "d6")
        with self.assertRefused("was agreed before D6"):
            self._as(self.action, "buyer").partner_id = self._create_supplier("Good")

    def test_copied_without_its_origin(self):
        incident = self.env["supplier.incident"].create(
            {
                "title": "Chipped",
                "partner_id": self.supplier.id,
                "company_id": self.company.id,
            }
        )
        action = self._open(scorecard_line=self._late_figure(), incident=incident)
        copied = self._as(action, "buyer").copy()
        self.assertFalse(copied.incident_id)
        self.assertEqual((copied.kpi_id, copied.state), (action.kpi_id, "open"))
        self.assertEqual(len(copied.step_ids), 9)

    def test_paper(self):
        self._accept("d4")
        self.action.why_1 = "The machine stood still"
        report = self.env["ir.actions.report"]
        html, _kind = report._render_qweb_html(
            "supplier_evaluation.report_supplier_corrective_action", self.action.ids
        )
        for text in (self.action.name, "D4 Root Cause", "The machine stood still"):
            self.assertIn(text, html.decode())
