from odoo.exceptions import MissingError
from odoo.tests import tagged

from .common import PDF, PortalCommon


@tagged("post_install", "-at_install")
class TestPortalWork(PortalCommon):
    """What suppliers send waits for somebody, and mails tell what waits for them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ours = cls.people["ours"]
        cls.incident, cls.action, cls.certification = cls._share_work(cls.supplier)

    # ------------------------------------------------------------
    # Incidents, corrective actions, certifications
    # ------------------------------------------------------------

    def test_incident(self):
        self._door("ours")._send_answer(
            self.incident.id, "We look into it", [("a.pdf", PDF)]
        )
        self.assertTrue(self.incident.date_first_answer)
        [answer] = self._door("ours")._answers(self.incident.sudo())
        self.assertEqual(answer.author_id, self.ours.partner_id)
        ours = "Internal"
        self.incident.message_post(body=ours, message_type="comment")
        self.assertEqual(self._door("ours")._answers(self.incident.sudo()), answer)

    def test_an_answered_incident_waits_for_us(self):
        """Also by a later answer; what we write ourselves changes nothing."""
        incident, ours = self._as(self.incident, "buyer"), "Internal"
        for _time in range(2):
            incident.action_wait()
            incident.message_post(body=ours, message_type="comment")
            self.assertEqual(self._door("ours")._waiting()["incidents"], 1)
            self._door("ours")._send_answer(incident.id, "We look into it", [])
            self.assertEqual(incident.state, "in_progress")
            self.assertEqual(self._door("ours")._waiting()["incidents"], 0)

    def test_of_another_supplier_now(self):
        """It was about us by mistake: what we answered is not for the other one."""
        answer = self.certification.answer_ids[0]
        answer.comment = "We have no clean room"
        for record in (self.incident, self.action, self.certification):
            with self.subTest(record._name):
                self._as(record, "buyer").partner_id = self.rival
                self.assertFalse(record.is_in_portal)
                with self.assertRaises(MissingError):
                    self._door("theirs")._get(record._name, record.id)
        self.assertFalse(any(self.certification.answer_ids.mapped("comment")))
        self._mails(self.incident).unlink()
        self._as(self.incident, "buyer").write(
            {"partner_id": self.supplier.id, "is_in_portal": True}
        )
        self._as(self.incident, "buyer").write(
            {"partner_id": self.rival.id, "is_in_portal": True}
        )
        told = self._mails(self.incident).recipient_ids
        self.assertIn(self.people["theirs"].partner_id, told)

    def test_what_one_answered_is_no_step_of_another(self):
        """Neither when it is hidden first, nor in one write with showing it."""
        action = self._as(self.action, "buyer")
        step = action.step_ids[0]
        self._door("ours")._send_step(step.id, "Our furnace failed", [("a.pdf", PDF)])
        for again in ({}, {"is_in_portal": True}, {"is_in_portal": False}):
            with self.subTest(again), self.assertRefused("new action"):
                action.write({"partner_id": self.rival.id, **again})
        action.is_in_portal = False
        with self.assertRefused("new action"):
            action.partner_id = self.rival
        step._reject("Which lots?")
        with self.assertRefused("new action"):
            action.write({"partner_id": self.rival.id, "is_in_portal": True})
        # A person of the same supplier stands for it.
        action.write({"partner_id": self.ours.partner_id.id, "is_in_portal": True})
        self.assertEqual(action.partner_id, self.supplier)
        with self.assertRaises(MissingError):
            self._door("theirs")._get(self.action._name, self.action.id)

    def test_an_incident_of_another_supplier_was_not_answered(self):
        door, incident = self._door("ours"), self._as(self.incident, "buyer")
        door._send_answer(incident.id, "Our furnace failed", [("a.pdf", PDF)])
        self.assertTrue(incident.date_first_answer)
        incident.partner_id = self.ours.partner_id
        self.assertTrue(incident.date_first_answer)
        incident.write({"partner_id": self.rival.id, "is_in_portal": True})
        self.assertFalse(incident.date_first_answer)
        self.assertIs(incident.hours_to_answer, False)
        theirs = self._door("theirs")
        shown = theirs._get(incident._name, incident.id)
        self.assertFalse(theirs._answers(shown))
        self.assertFalse(theirs._files(shown))
        theirs._send_answer(incident.id, "We look into it", [])
        self.assertTrue(incident.date_first_answer)

    def test_step(self):
        step = self.action.step_ids[0]
        self._door("ours")._send_step(step.id, "Stopped", [("a.pdf", PDF)])
        self.assertEqual((step.state, step.answered_uid), ("answered", self.ours))
        self.assertEqual(step.attachment_ids.mapped("name"), ["a.pdf"])
        self._mails(self.action).unlink()
        self._as(step, "buyer")._reject("Which lots?")
        self.assertTrue(self._mails(self.action))
        self._door("ours")._send_step(step.id, "Lots 1 and 2", [])
        self.assertEqual(step.state, "answered")
        later = self.action.step_ids.filtered(lambda one: one.code == "d5")
        with self.assertRefused("builds on"):
            self._door("ours")._send_step(later.id, "Too early", [])

    def test_what_waits_again_is_told_again(self):
        """Their turn once more, and an 8D that is started anew."""
        incident = self._as(self.incident, "buyer")
        incident.action_start()
        self._mails(incident).unlink()
        incident.action_wait()
        self.assertEqual(len(self._mails(incident)), 1)
        incident.action_wait()
        self.assertEqual(len(self._mails(incident)), 1, "it waits already")
        self.action.step_ids._write_guarded({"state": "accepted"})
        self.action._write_guarded({"state": "effective"})
        self._mails(self.action).unlink()
        self._as(self.action, "manager")._reopen("It happened again")
        self.assertEqual(len(self._mails(self.action)), 1)

    def test_an_answer_that_is_being_read_is_not_exchanged(self):
        """Whoever accepts it accepts what they have read."""
        step = self.action.step_ids[0]
        self._door("ours")._send_step(step.id, "Stopped", [("a.pdf", PDF)])
        with self.assertRefused("being looked at"):
            self._door("ours")._send_step(step.id, "Not stopped", [("b.pdf", PDF)])
        self.assertIn("Stopped", step.answer)
        self.assertEqual(step.attachment_ids.mapped("name"), ["a.pdf"])

    def test_what_is_resolved_is_not_answered(self):
        self.incident.state = "resolved"
        with self.assertRefused("closed already"):
            self._door("ours")._send_answer(self.incident.id, "Too late", [])
        self.assertFalse(self._door("ours")._answers(self.incident.sudo()))

    def test_a_part_of_the_self_assessment(self):
        """What did not come stays as it was."""
        first, second, *_rest = self.certification.answer_ids
        send = self._door("ours")._send_assessment
        choices = [one.question_id.choice_ids[:1] for one in (first, second)]
        values = [str(choice.id or 8) for choice in choices]
        send(
            self.certification.id,
            {first.id: (values[0], "Since 2020"), second.id: (values[1], "In part")},
        )
        send(self.certification.id, {second.id: ("", None)})
        self.assertTrue(first.is_answered)
        self.assertEqual(first.comment, "Since 2020")
        self.assertFalse(second.is_answered)
        self.assertEqual(second.comment, "In part")
        send(self.certification.id, {first.id: (None, "")})
        self.assertTrue(first.is_answered)
        self.assertFalse(first.comment)

    def test_self_assessment(self):
        self.certification.user_id = self.people["buyer"]
        answers = {}
        for answer in self.certification.answer_ids:
            choice = answer.question_id.choice_ids[:1].id
            answers[answer.id] = (str(choice or 8), "Since 2020")
        send = self._door("ours")._send_assessment
        send(self.certification.id, answers)
        self.assertTrue(all(self.certification.answer_ids.mapped("is_answered")))
        self.assertTrue(self.certification.activity_ids)
        send(self.certification.id, dict.fromkeys(answers, ("none of them", "")))
        self.assertFalse(any(self.certification.answer_ids.mapped("is_answered")))

    # ------------------------------------------------------------
    # Mails
    # ------------------------------------------------------------

    def test_mails(self):
        """Each is about one record, with a link, and goes to its supplier only."""
        for record, page in (
            (self.card, "scorecard"),
            (self.incident, "incident"),
            (self.action, "action"),
            (self.certification, "certification"),
        ):
            with self.subTest(page=page):
                mail = self._mails(record)
                self.assertEqual(mail.recipient_ids, self.ours.partner_id)
                self.assertIn(f"/my/supplier/{page}/{record.id}", mail.body_html)

    def test_mail_once(self):
        self.incident.is_in_portal = True
        self.assertEqual(len(self._mails(self.incident)), 1)

    def test_mail_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.ours.lang = "fr_FR"
        words = self.env["supplier.portal"]._mail_vals(
            self.card.sudo(), self.ours, "published"
        )
        self.assertEqual(words["recipient_ids"], [(4, self.ours.partner_id.id)])

    def test_statements(self):
        """Publishing asks once who can log in, however many suppliers there are."""
        portal = self.env["supplier.portal"]
        cards = self.evaluation.scorecard_ids
        one = self._statements_of(lambda: portal._people(self.supplier, self.company))
        all_of_them = self._statements_of(
            lambda: portal._people(cards.partner_id, self.company)
        )
        self.assertLessEqual(all_of_them, one + 1)

    def test_without_a_login_nobody_is_written_to(self):
        stranger = self._create_supplier("No Login")
        incident, *_others = self._share_work(stranger)
        self.assertFalse(self._mails(incident))
        with self.assertRaises(MissingError):
            self._door("ours")._get("supplier.incident", incident.id)
