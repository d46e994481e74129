from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged

from .common import ASKED, ResponseCommon


@tagged("post_install", "-at_install")
class TestReach(ResponseCommon):
    """Only who was reached can answer."""

    def _lose(self, question, status="bounce", partner=None):
        """Let mails of a message come back, to everybody or to one partner."""
        lost = question.sudo().notification_ids.filtered(
            lambda each: not partner or each.res_partner_id == partner
        )
        self.assertTrue(lost)
        lost.notification_status = status

    def test_came_back(self):
        self._lose(self.question)
        self.assertFalse(self._facts())
        self.assertIsNone(self._value("response_rate"))

    def _report(self, kind, *parts):
        """Let a mail server report about our message."""
        body = ["--b", "Content-Type: text/plain", "", "About your mail."]
        for content, lines in parts:
            body += ["--b", f"Content-Type: {content}", "", *lines]
        self._mail(
            "sales@vendor.example",
            subject="Re: Order",
            content=f'multipart/report; report-type={kind}; boundary="b"',
            body="\n".join([*body, "--b--"]),
        )

    def _status(self, action):
        recipient = "Final-Recipient: rfc822; sales@vendor.example"
        lines = ["Reporting-MTA: dns; mx", "", recipient, f"Action: {action}", ""]
        return ("message/delivery-status", lines)

    def test_it_was_opened(self):
        """Odoo takes such a report for a failure, and the supplier never answered."""
        lines = ["Final-Recipient: rfc822; sales@vendor.example", ""]
        self._report(
            "disposition-notification", ("message/disposition-notification", lines)
        )
        self.assertAnsweredAfter(None)

    def test_it_is_late_or_came(self):
        for action in ("delayed", "delivered", "relayed"):
            with self.subTest(action=action):
                self._report("delivery-status", self._status(action))
                self.assertAnsweredAfter(None)
        self._report("delivery-status", self._status("failed"))
        self.assertFalse(self._facts())

    def test_could_not_be_sent(self):
        self._lose(self.question, "exception")
        self.assertFalse(self._facts())

    def test_sent_again(self):
        self._lose(self.question, "exception")
        self._lose(self.question, "sent")
        self.assertAnsweredAfter(None)

    def test_a_failure_that_was_dismissed(self):
        """Whoever clicks failures away has not sent anything."""
        for status in ("bounce", "exception"):
            with self.subTest(status):
                self._lose(self.question, status)
                notices = self.question.sudo().notification_ids
                self.env.flush_all()
                # People dismiss what they wrote themselves.
                orders = self.env["purchase.order"].with_user(self.buyer)
                orders.notify_cancel_by_type("email")
                states = set(notices.mapped("notification_status"))
                self.assertEqual(states, {"canceled"})
                self.assertFalse(self._facts())
                self.assertIsNone(self._value("response_rate"))

    def test_asked_again_at_another_address(self):
        self._lose(self.question)
        again = self._ask(self.order, "2026-03-09 01:00:00")
        self._mail("sales@vendor.example", to=again)
        self.assertAnsweredAfter(4)

    def test_one_of_two_was_reached(self):
        contact = self._create_contact("Desk", email="desk@vendor.example")
        order = self._order(10, 5, "2026-03-20").order_id
        partners = (self.supplier | contact).ids
        question = self._ask(order, ASKED, partner_ids=partners)
        self._lose(self.question)
        self._lose(question, partner=contact)
        self.assertAnsweredAfter(None)

    def test_sent_as_a_mail_only(self):
        """As Odoo does for several orders at once: such a message has no subtype."""
        self._lose(self.question)
        orders = self._order(10, 5, "2026-03-20").order_id
        orders |= self._order(10, 5, "2026-03-20").order_id
        with freeze_time("2026-03-03 01:00:00"):
            self.env["mail.compose.message"].with_user(self.buyer).create(
                {
                    "composition_mode": "mass_mail",
                    "model": "purchase.order",
                    "res_ids": str(orders.ids),
                    "template_id": self.env.ref(
                        "purchase.email_template_edi_purchase"
                    ).id,
                }
            )._action_send_mail()
        messages = orders.message_ids.filtered(
            lambda each: each.message_type == "email_outgoing"
        )
        self.assertEqual(len(messages), 2)
        self.assertFalse(messages.subtype_id)
        messages.sudo().notification_ids.notification_status = "sent"
        self._answer(orders[0], "2026-03-03 05:00:00")
        self.assertEqual(self._value("response_rate"), 50)
        self.assertEqual(self._value("response_time"), 4)


@tagged("post_install", "-at_install")
class TestMergedRequests(ResponseCommon):
    """Requests that were merged: the supplier answers on the one that is left."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.requests = cls.env["purchase.order"]
        for day in (1, 2, 3):
            with freeze_time(f"2026-03-0{day} 01:00:00"):
                cls.requests += cls.env["purchase.order"].create(
                    {
                        "partner_id": cls.supplier.id,
                        "company_id": cls.company.id,
                        "order_line": [
                            Command.create(
                                {"product_id": cls.product.id, "product_qty": day}
                            )
                        ],
                    }
                )
        cls.first, cls.second, cls.third = cls.requests
        cls.question.sudo().notification_ids.notification_status = "bounce"

    def test_answered_on_the_one_that_is_left(self):
        self._ask(self.first, "2026-03-04 01:00:00")
        self._ask(self.second, "2026-03-04 02:00:00")
        with freeze_time("2026-03-04 03:00:00"):
            (self.first | self.second).action_merge()
        self.assertEqual(self.second.state, "cancel")
        self.assertEqual(self.second.supplier_merged_into_id, self.first)
        self.assertEqual(self._value("response_rate"), 0)
        self._answer(self.first, "2026-03-04 05:00:00")
        facts = self._facts().sorted("asked")
        self.assertEqual(facts.mapped("response_hours"), [4, 3])
        self.assertEqual(facts.order_id, self.first | self.second)

    def test_merged_twice(self):
        self._ask(self.third, "2026-03-04 01:00:00")
        with freeze_time("2026-03-04 03:00:00"):
            (self.second | self.third).action_merge()
        with freeze_time("2026-03-04 04:00:00"):
            (self.first | self.second).action_merge()
        self.assertEqual(self.third.supplier_merged_into_id, self.first)
        self._answer(self.first, "2026-03-04 05:00:00")
        self.assertAnsweredAfter(4)

    def test_answered_otherwise_on_the_one_that_is_left(self):
        """By phone, on a complaint about it, or on its receipt."""
        self._ask(self.second, "2026-03-04 01:00:00")
        with freeze_time("2026-03-04 03:00:00"):
            (self.first | self.second).action_merge()
        self.assertAnsweredAfter(None)
        with freeze_time("2026-03-04 09:00:00"):
            self.first.button_confirm()
        self._answer(self.first.picking_ids, "2026-03-04 10:00:00")
        self.assertAnsweredAfter(9)
        incident = self._incident("Late", order_id=self.first.id)
        self._answer(incident, "2026-03-04 08:00:00")
        self.assertAnsweredAfter(7)
        self._phoned("2026-03-04 07:00:00", incident_id=incident.id)
        self.assertAnsweredAfter(6)
        self._phoned("2026-03-04 06:00:00", order_id=self.first.id)
        self.assertAnsweredAfter(5)

    def test_a_complaint_about_a_request_that_was_merged(self):
        incident = self._incident("Late offer", order_id=self.second.id)
        self._ask(incident, "2026-03-04 01:00:00")
        with freeze_time("2026-03-04 03:00:00"):
            (self.first | self.second).action_merge()
        self.assertAnsweredAfter(None)
        self._answer(self.first, "2026-03-04 07:00:00")
        self.assertAnsweredAfter(6)
        self._phoned("2026-03-04 06:00:00", order_id=self.first.id)
        self.assertAnsweredAfter(5)

    def _phoned(self, when, **vals):
        """The supplier answered by phone, as somebody logged at once."""
        contact = self.env["supplier.contact"].create(
            {
                "partner_id": self.supplier.id,
                "company_id": self.company.id,
                "kind": "call",
                "date": when,
                "subject": "Called",
                "is_answer": True,
                **vals,
            }
        )
        contact._write_guarded({"date_answer_logged": when})

    def test_confirmed_by_the_supplier(self):
        self._ask(self.second, "2026-03-04 01:00:00")
        with freeze_time("2026-03-04 03:00:00"):
            (self.first | self.second).action_merge()
            self.first.button_confirm()
        with freeze_time("2026-03-04 06:00:00"):
            self.first.action_acknowledge()
        self.assertAnsweredAfter(5)

    def test_questions_stay_where_they_were_asked(self):
        with freeze_time("2026-03-04 01:00:00"):
            (self.first | self.second).action_merge()
        self._ask(self.first, "2026-03-04 02:00:00")
        self.assertAnsweredAfter(None)

    def test_a_cancelled_request_that_is_open_again(self):
        self._ask(self.second, "2026-03-04 01:00:00")
        with freeze_time("2026-03-04 03:00:00"):
            (self.first | self.second).action_merge()
            self.second.button_draft()
        self._answer(self.first, "2026-03-04 05:00:00")
        self.assertAnsweredAfter(None)

    def test_of_others_are_not_merged(self):
        other = self._order(1, 5, "2026-03-20", partner=self._create_supplier("Else"))
        other.order_id.button_cancel()
        other.order_id.button_draft()
        with freeze_time("2026-03-04 03:00:00"):
            (self.requests | other.order_id).action_merge()
        self.assertFalse(other.order_id.supplier_merged_into_id)
