from datetime import datetime

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import BUYER, MANAGER
from ..response.common import ASKED, ResponseCommon


@tagged("post_install", "-at_install")
class TestContact(ResponseCommon):
    """What was said by phone counts as an answer, at its instant, and only then."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls._create_people("contact", {"buyer": BUYER, "manager": MANAGER})
        cls.anna = cls._create_contact("Anna")
        cls.incident = cls.env["supplier.incident"].create(
            {
                "title": "Rust",
                "date_opened": ASKED,
                "company_id": cls.company.id,
                "partner_id": cls.supplier.id,
                "order_id": cls.order.id,
            }
        )

    @classmethod
    def _contact(cls, logged=None, **vals):
        """Log a contact, when it was unless another instant is given."""
        contact = cls.env["supplier.contact"].create(
            {
                "partner_id": cls.supplier.id,
                "company_id": cls.company.id,
                "kind": "call",
                "date": "2026-03-02 04:00:00",
                "subject": "Asked by phone",
                "order_id": cls.order.id,
                "is_answer": True,
                **vals,
            }
        )
        cls._logged(contact, logged or contact.date)
        return contact

    @classmethod
    def _logged(cls, contact, when):
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE supplier_contact SET create_date = %s WHERE id = %s",
            [when, contact.id],
        )
        contact.invalidate_recordset()

    def test_answer_by_phone(self):
        """It counts from our message until the call; archived it does not count."""
        contact = self._contact(person_id=self.anna.id)
        self.assertAnsweredAfter(3)
        self.assertEqual(self._value("response_time"), 3)
        self.assertEqual(self._value("response_rate"), 100)
        contact.active = False
        self.assertAnsweredAfter(None)
        self.assertEqual(self._value("response_rate"), 0)

    def test_no_answer(self):
        """Not what was only talked about, before the question or after the cut-off."""
        self._contact(is_answer=False)
        self._contact(date="2026-03-01 20:00:00")
        self._contact(date="2026-04-05 04:00:00")
        self.assertAnsweredAfter(None)

    def test_first_answer_counts(self):
        self._contact(date="2026-03-02 09:00:00")
        self._answer(self.order, "2026-03-02 07:00:00")
        self.assertAnsweredAfter(6)
        self._contact()
        self.assertAnsweredAfter(3)

    def test_logged_by_the_cutoff(self):
        """What was said later counts at later cut-offs only, whatever day it names."""
        late, later = datetime(2026, 4, 6, 9), datetime(2026, 4, 12)
        self._contact(logged=late)
        talked = self._contact(is_answer=False, date="2026-03-02 02:00:00")
        self.assertAnsweredAfter(None)
        self.assertAnsweredAfter(3, cutoff=later)
        # Nor does a contact of then become an answer of then.
        with freeze_time("2026-04-10 09:00:00"):
            self._as(talked, "buyer").is_answer = True
        self.assertAnsweredAfter(None)
        self.assertAnsweredAfter(3, cutoff=late)
        self.assertAnsweredAfter(1, cutoff=later)
        with self.assertRefused("cannot be written", AccessError):
            self._as(talked, "manager").date_answer_logged = False

    def test_of_who_was_asked_only(self):
        """An order or incident that is another supplier's now."""
        other = self._create_supplier("Other")
        draft = self.order.copy({"partner_id": other.id})
        incident = self.incident.copy({"partner_id": other.id, "order_id": False})
        self._contact(partner_id=other.id, order_id=draft.id)
        self._contact(partner_id=other.id, order_id=False, incident_id=incident.id)
        for document in (draft, incident):
            document.partner_id = self.supplier
            self._ask(document, ASKED)
        self.assertFalse(any(self._facts().mapped("answered")))

    def test_who_changes_an_answer(self):
        contact = self._contact()
        for vals in ({"date": ASKED}, {"active": False}, {"is_answer": False}):
            with self.subTest(vals), self.assertRefused("A manager of supplier"):
                self._as(contact, "buyer").write(vals)
        with self.assertRefused("cannot be written", AccessError):
            self._as(contact, "manager").commercial_partner_id = self.anna
        self._as(contact, "buyer").summary = "They will look into it."
        self._as(contact, "manager").active = False
        self.assertAnsweredAfter(None)

    def test_through_the_incident(self):
        """As what is written: an answer on an incident is one about its order."""
        self._contact(order_id=False, incident_id=self.incident.id)
        self.assertAnsweredAfter(3)
        self._ask(self.incident, "2026-03-02 02:00:00")
        facts = self._facts()
        self.assertEqual(sorted(facts.mapped("response_hours")), [2, 3])

    def test_what_is_refused(self):
        stranger = self._create_supplier("Stranger")
        order = self._order(1, 5, "2026-03-20", partner=stranger).order_id
        cases = (
            ({"date": "2100-01-01 00:00:00"}, "has not happened"),
            ({"order_id": order.id}, "is not of Golden Supplier"),
            ({"person_id": stranger.id}, "is not of Golden Supplier"),
        )
        for vals, text in cases:
            with self.subTest(text=text), self.assertRefused(text, ValidationError):
                self._contact(**vals)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._contact(order_id=False)
        contact = self._contact()
        with self.assertRefused("is not deleted"):
            contact.unlink()

    def test_defaults(self):
        """A person stands for the company; the order says whose it is."""
        contact = self._contact(partner_id=self.anna.id, person_id=False)
        self.assertEqual(contact.partner_id, self.supplier)
        log = self._as(self.env["supplier.contact"], "buyer")
        log = log.with_context(default_order_id=self.order.id)
        defaults = log.default_get(["partner_id", "company_id", "order_id"])
        self.assertEqual(defaults["partner_id"], self.supplier.id)
        partner = self._as(self.supplier, "buyer")
        self.assertEqual(partner.supplier_contact_count, 1)
        self.assertEqual(str(partner.supplier_last_contact), "2026-03-02 04:00:00")
        self.assertFalse(partner.supplier_next_contact)
