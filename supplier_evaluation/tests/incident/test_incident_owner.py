from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..common import BUYER
from .common import IncidentCommon


@tagged("post_install", "-at_install")
class TestIncidentOwner(IncidentCommon):
    """No incident lies about because nobody took it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls._create_people(
            "owner", dict.fromkeys(("order", "vendor", "reporter", "other"), BUYER)
        )

    def _report(self, **vals):
        """Report an incident of an order that nobody bought, as a user."""
        line = vals.pop("line", None)
        if line:
            vals["purchase_line_id"] = line.id
        incidents = self._as(self.env["supplier.incident"], "reporter")
        return incidents.create(
            {
                "title": "Scratches",
                "company_id": self.company.id,
                "partner_id": self.supplier.id,
                **vals,
            }
        )

    def _ordered_by(self, user):
        line = self._order(10, 5, "2026-03-10")
        line.order_id.user_id = user
        return line

    def test_who_buys_comes_first(self):
        people = self.people
        self.assertEqual(self._report().user_id, people["reporter"])
        line = self._ordered_by(self.env["res.users"])
        self.assertEqual(self._report(line=line).user_id, people["reporter"])
        self.supplier.buyer_id = people["vendor"]
        self.assertEqual(self._report(line=line).user_id, people["vendor"])
        contact = self._create_contact("Desk")
        self.assertEqual(self._report(partner_id=contact.id).user_id, people["vendor"])
        line = self._ordered_by(people["order"])
        self.assertEqual(self._report(line=line).user_id, people["order"])

    def test_chosen_owner_stays(self):
        line = self._ordered_by(self.people["order"])
        incident = self._report(line=line, user_id=self.people["other"].id)
        self.assertEqual(incident.user_id, self.people["other"])
        line = self._ordered_by(self.people["vendor"])
        incident.write({"order_id": line.order_id.id, "purchase_line_id": line.id})
        self.assertEqual(incident.user_id, self.people["other"])

    def test_who_left_or_works_elsewhere_owns_nothing(self):
        elsewhere = self._create_company("Elsewhere", "UTC", "EUR")
        stranger = self._create_user("owner_stranger", BUYER, elsewhere)
        line = self._ordered_by(self.env["res.users"])
        for buyer in (stranger, self.people["other"]):
            self.supplier.buyer_id = buyer
            self.people["other"].active = False
            with self.subTest(buyer=buyer.login):
                self.assertEqual(
                    self._report(line=line).user_id, self.people["reporter"]
                )

    def test_who_cannot_see_incidents_owns_none(self):
        incident = self._report()
        for name, group in (
            ("portal", "base.group_portal"),
            ("clerk", "base.group_user"),
        ):
            user = self._create_user(f"owner_{name}", group, name=name)
            with (
                self.subTest(user=name),
                self.assertRefused(f"{name} cannot see", ValidationError),
            ):
                incident.user_id = user
            with (
                self.subTest(company_names=name),
                self.assertRefused(f"{name} cannot see", ValidationError),
            ):
                self.company.supplier_incident_user_id = user

    def test_company_names_who_works_there(self):
        elsewhere = self._create_company("Elsewhere", "UTC", "EUR")
        stranger = self._create_user("owner_stranger", BUYER, elsewhere)
        with self.assertRefused("cannot see the incidents of", ValidationError):
            self.company.supplier_incident_user_id = stranger

    def test_whom_the_company_named_may_not_see_them_any_more(self):
        self.company.supplier_incident_user_id = self.people["other"]
        self.people["other"].group_ids = self.env.ref("base.group_user")
        self.assertEqual(self._report().user_id, self.people["reporter"])

    def test_supplier_that_is_known_later(self):
        """By mail, nobody of ours reported it; its buyer takes it once it is known."""
        incident = self.env["supplier.incident"].create(
            {"title": "Mail", "company_id": self.company.id, "reporter_id": False}
        )
        self.assertFalse(incident.user_id)
        self.supplier.buyer_id = self.people["vendor"]
        incident.partner_id = self.supplier
        self.assertEqual(incident.user_id, self.people["vendor"])
