from datetime import date, datetime

from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.mail.tests.common import MailCommon

from ..common import BUYER
from .common import IncidentCommon

QUESTION = "Why?"
ANSWER = "We look into it"
MAIL = """Return-Path: <{sender}>
To: {to}
From: {sender}
Subject: {subject}
MIME-Version: 1.0
Content-Type: text/html; charset="utf-8"
Date: {date}
Message-ID: <{sender}.{date}>
{extra}
<p>{body}</p>
"""


@tagged("post_install", "-at_install", "mail_gateway")
class TestIncidentMail(IncidentCommon, MailCommon):
    """Incidents by e-mail, and the first answer of the supplier."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": False})
        cls.alias = cls.env.ref("supplier_evaluation.supplier_incident_alias")
        cls.alias.alias_domain_id = cls.mail_alias_domain

    def _receive_mail(self, sender, subject="Broken pallet", extra="", to=None, **vals):
        values = {
            "sender": sender,
            "subject": subject,
            "to": to or self.alias.alias_full_name,
            "date": "Thu, 12 Mar 2026 04:00:00 +0000",
            "body": "Half of it is wet",
            "extra": extra,
            **vals,
        }
        mail = MAIL.format(**values)
        with self.mock_mail_gateway():
            thread = self.env["mail.thread"].message_process(None, mail)
        return self.env["supplier.incident"].browse(thread)

    def test_contact_of_a_supplier(self):
        incident = self._receive_mail("desk@golden.example.com")
        self.assertEqual(incident.partner_id, self.contact)
        self.assertEqual(incident.commercial_partner_id, self.supplier)
        self.assertEqual(incident.title, "Broken pallet")
        self.assertIn("Half of it is wet", incident.description)
        self.assertEqual(incident.state, "new")
        self.assertFalse(incident.reporter_id)
        self.assertFalse(incident.user_id)
        self.assertRegex(incident.name, r"^INC/")
        self.assertFalse(
            incident.date_first_answer, "The mail that opens it is no answer"
        )

    def test_company_of_the_supplier(self):
        self.supplier.company_id = self.company
        incident = self._receive_mail("desk@golden.example.com")
        self.assertEqual(incident.company_id, self.company)

    def test_company_of_the_alias(self):
        other = self._create_company("Silver Works", "UTC", "EUR")
        self.alias.alias_defaults = {"company_id": other.id, "severity": "major"}
        self.supplier.company_id = self.company
        incident = self._receive_mail("desk@golden.example.com")
        self.assertEqual(incident.company_id, other)
        self.assertEqual(incident.severity, "major")
        self.assertFalse(incident.partner_id, "The vendor is of another company")

    def test_unknown_author(self):
        incident = self._receive_mail("somebody@else.example.com", subject="")
        self.assertFalse(incident.partner_id)
        self.assertEqual(incident.state, "new")
        self.assertEqual(incident.title, "No subject")
        self.assertIn("Half of it is wet", incident.description)

    def test_customer(self):
        self.env["res.partner"].create(
            {"name": "Customer", "email": "customer@else.example.com"}
        )
        incident = self._receive_mail("customer@else.example.com")
        self.assertFalse(incident.partner_id)

    def test_supplier_without_orders(self):
        vendor = self._create_supplier(
            "Fresh", email="fresh@else.example.com", supplier_rank=1
        )
        incident = self._receive_mail("fresh@else.example.com")
        self.assertEqual(incident.partner_id, vendor)

    def test_colleague(self):
        user = self._create_user(
            "incident_colleague", BUYER, email="colleague@golden.works.example.com"
        )
        incident = self._receive_mail("colleague@golden.works.example.com")
        self.assertFalse(incident.partner_id)
        self.assertEqual(incident.reporter_id, user)
        self.assertEqual(incident.company_id, self.company)

    def test_answer_by_mail(self):
        incident = self._incident("2026-03-12 04:00:00")
        question = incident.message_post(body=QUESTION, subtype_xmlid="mail.mt_comment")
        self._receive_mail(
            "desk@golden.example.com",
            date="Fri, 13 Mar 2026 06:30:00 +0000",
            extra=f"In-Reply-To: {question.message_id}\n",
            to=f"catchall@{self.alias.alias_domain}",
        )
        self.assertEqual(incident.date_first_answer, datetime(2026, 3, 13, 6, 30))
        self.assertFalse(incident.description)

    def test_answer_from_another_address_of_the_supplier(self):
        """Whom the desk passes it on to answers; nobody saved them as a contact."""
        self.supplier.email = (
            "info@vendor.example; sales@vendor-eu.example; golden@ymail.com"
        )
        carrier = self._create_supplier("Carrier", email="desk@carrier.example")
        self._create_contact(
            "Driver", parent_id=carrier.id, email="driver@vendor.example"
        )
        free = f"jo@{self.mail_alias_domain.name}"
        for sender, is_answer in (
            ("jo@vendor.example", True),
            ("jo@plant.vendor-eu.example", True),
            ("jo@notvendor.example", False),
            ("driver@vendor.example", False),
            ("no-reply@vendor.example", False),
            ("someone@ymail.com", False),
            (free, False),
        ):
            incident = self._incident("2026-03-11 04:00:00")
            incident.state = "waiting"
            question = incident.message_post(
                body=QUESTION, subtype_xmlid="mail.mt_comment"
            )
            self._receive_mail(
                sender,
                extra=f"In-Reply-To: {question.message_id}\n",
                to=f"catchall@{self.alias.alias_domain}",
            )
            with self.subTest(sender=sender):
                self.assertEqual(bool(incident.date_first_answer), is_answer)
                state = "in_progress" if is_answer else "waiting"
                self.assertEqual(incident.state, state)

    def test_receipt_of_a_machine_is_no_answer(self):
        """The robot of the supplier's helpdesk answers within seconds."""
        incident = self._incident("2026-03-12 04:00:00")
        question = incident.message_post(body=QUESTION, subtype_xmlid="mail.mt_comment")
        reply = f"In-Reply-To: {question.message_id}\n"
        to = f"catchall@{self.alias.alias_domain}"
        for day, header in (
            ("Thu, 12", "Auto-Submitted: auto-replied"),
            ("Fri, 13", "Precedence: auto_reply"),
            ("Sat, 14", "X-Autoreply: yes"),
        ):
            self._receive_mail(
                "desk@golden.example.com",
                date=f"{day} Mar 2026 04:00:30 +0000",
                extra=f"{header}\n{reply}",
                to=to,
            )
        robot = incident.message_ids.filtered(
            lambda message: message.author_id == self.contact
        )
        self.assertEqual(robot.mapped("message_type"), ["auto_comment"] * 3)
        self.assertFalse(incident.date_first_answer)
        self._receive_mail(
            "desk@golden.example.com",
            date="Sun, 15 Mar 2026 06:30:00 +0000",
            extra=f"Auto-Submitted: no\n{reply}",
            to=to,
        )
        self.assertEqual(incident.date_first_answer, datetime(2026, 3, 15, 6, 30))

    def _post(self, incident, when, author, **vals):
        with freeze_time(when):
            incident.message_post(
                body=ANSWER,
                author_id=author.id,
                **{
                    "message_type": "comment",
                    "subtype_xmlid": "mail.mt_comment",
                    **vals,
                },
            )

    def test_first_answer(self):
        incident = self._incident("2026-03-12 04:00:00")
        for author, vals in (
            (self.env.user.partner_id, {}),
            (self.stranger, {}),
            (self.contact, {"subtype_xmlid": "mail.mt_note"}),
            (self.contact, {"message_type": "out_of_office"}),
            (self.contact, {"message_type": "notification"}),
        ):
            self._post(incident, "2026-03-12 06:00:00", author, **vals)
            self.assertFalse(incident.date_first_answer)
        self._post(incident, "2026-03-12 09:00:00", self.contact)
        self.assertEqual(incident.date_first_answer, datetime(2026, 3, 12, 9))
        self._post(incident, "2026-03-12 15:00:00", self.supplier)
        self.assertEqual(incident.date_first_answer, datetime(2026, 3, 12, 9))

    def test_nobody_of_ours_answers_for_the_supplier(self):
        incident = self._incident("2026-03-12 04:00:00")
        buyer = self._create_user("incident_buyer", BUYER)
        self._post(self._as(incident, buyer), "2026-03-12 09:00:00", self.contact)
        self.assertFalse(incident.date_first_answer)

    def test_message_before_opening(self):
        incident = self._incident("2026-03-12 04:00:00")
        self._post(incident, "2026-03-12 03:00:00", self.supplier)
        self.assertFalse(incident.date_first_answer)

    def test_suggested_recipient(self):
        incident = self._incident(partner_id=self.contact.id)
        suggested = incident._message_get_suggested_recipients()
        self.assertIn(self.contact.id, [item["partner_id"] for item in suggested])

    def test_creation_tells_nobody(self):
        owner = self._create_user(
            "incident_owner", BUYER, email="owner@golden.works.example.com"
        )
        with self.mock_mail_gateway():
            incident = self._incident(user_id=owner.id, date_due="2026-03-20")
            self.flush_tracking()
        self.assertNotSentEmail()
        self.assertEqual(incident.activity_ids.user_id, owner)
        self.assertEqual(incident.activity_ids.date_deadline, date(2026, 3, 20))
        self.assertIn(owner.partner_id, incident.message_partner_ids)
        other = self.env.ref("base.user_admin")
        other.company_ids |= self.company
        with self.mock_mail_gateway(), self.mock_mail_app():
            incident.user_id = other
            self.flush_tracking()
        self.assertIn(other.partner_id, self._new_msgs.notified_partner_ids)

    def test_a_new_owner_gets_one_mail(self):
        """The activity moves with the incident, and tells nothing of its own."""
        first = self._create_user("incident_first", BUYER)
        incident = self._incident(user_id=first.id)
        owner = self._create_user(
            "incident_owner", BUYER, email="owner@golden.works.example.com"
        )
        with self.mock_mail_gateway(), self.mock_mail_app():
            incident.user_id = owner
            self.flush_tracking()
        self.assertEqual(incident.activity_ids.user_id, owner)
        told = self._new_msgs.filtered(
            lambda message: owner.partner_id in message.notified_partner_ids
        )
        self.assertEqual(len(told), 1)
        self.assertEqual(len(self._mails), 1)
