from lxml import html

from odoo.exceptions import AccessError, MissingError
from odoo.tests import HttpCase, tagged

from ...models.portal.idea.sending import MOST_NEW
from .common import PDF, PortalCommon


@tagged("post_install", "-at_install")
class TestPortalIdeas(PortalCommon, HttpCase):
    """What a supplier proposes is seen to by its buyer, and answered in the portal."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.supplier.buyer_id = cls.people["buyer"]
        cls.idea = cls._send("ours", files=[("boxes.pdf", PDF)])

    @classmethod
    def _send(cls, user, title="Returnable boxes", company_id=None, files=()):
        idea = cls._door(user)._send_idea(
            title, "cost", "No more cardboard", list(files), company_id
        )
        return cls.env["supplier.idea"].browse(idea.id)

    def test_who_sees_to_it(self):
        self.assertEqual(self.idea.partner_id, self.supplier)
        self.assertEqual(self.idea.company_id, self.company)
        self.assertEqual(self.idea.origin, "supplier")
        self.assertEqual(self.idea.user_id, self.people["buyer"])
        self.assertEqual(self.idea.activity_ids.user_id, self.people["buyer"])
        self.assertEqual(self.idea.sent_text, "No more cardboard")
        # Whoever follows it reads what we write about it.
        outside = self.people["ours"].partner_id
        self.assertNotIn(outside, self.idea.message_partner_ids)
        self.assertIn(
            self._send("theirs").user_id,
            self.people["manager"] | self.people["second"],
        )

    def test_where_one_is(self):
        """The menu says so, and an empty page what will stand on it."""
        page = self._page("/my/supplier/demand").text
        self.assertIn("stands here, once we share it", page)
        for path, name in (("demand", "Demand"), ("ideas", "Ideas"), ("", "Overview")):
            page = html.fromstring(self._page(f"/my/supplier/{path}").text)
            menu = "//nav[@aria-label='Supplier Portal']/a[@aria-current='page']"
            self.assertEqual([link.text for link in page.xpath(menu)], [name])

    def test_pages(self):
        """Each sees its own, with the answer, and nothing of what we think of it."""
        self._send("theirs", "Cheaper labels")
        ours = self.env["supplier.idea"].create(
            {"title": "Another supplier", "partner_id": self.supplier.id}
        )
        self.idea.write({"answer": "We try it in May", "benefit": 98765})
        self.idea.description = "<p>Between us</p>"
        page = self._page("/my/supplier/ideas").text
        for text in ("Returnable boxes", "No more cardboard", "We try it in May"):
            self.assertIn(text, page)
        self.assertIn("boxes.pdf", page)
        for text in ("Cheaper labels", "Between us", "98765", "98,765", ours.title):
            self.assertNotIn(text, page.partition("</form>")[2])
        with self.assertRaises(MissingError):
            self._door("ours")._get("supplier.idea", ours.id)

    def test_form(self):
        values = {"title": "Fewer pallets", "kind": "delivery", "text": "By rail"}
        files = {"files": ("rail.pdf", PDF, "application/pdf")}
        page = self._post("/my/supplier/ideas/send", values, files)
        self.assertIn("We got your idea", page.text)
        self.assertIn("Fewer pallets", page.text)
        idea = self.env["supplier.idea"].search([("title", "=", "Fewer pallets")])
        self.assertEqual(idea.kind, "delivery")
        self.assertEqual(idea.sent_text, "By rail")
        for wrong in ({"kind": "x"}, {"title": " "}, {"text": ""}):
            page = self._post("/my/supplier/ideas/send", {**values, **wrong})
            self.assertIn("alert-danger", page.text)
        page = self._post("/my/supplier/ideas/send", {**values, "company": "999999"})
        self.assertEqual(page.status_code, 404)

    def test_companies(self):
        """One whom nobody there buys from sends nothing there."""
        other = self._create_company("Elsewhere", "UTC", "EUR")
        self.people["ours"].company_ids |= other
        with self.assertRaises(MissingError):
            self._send("ours", company_id=None)
        idea = self._send("ours", company_id=other.id)
        self.assertEqual(idea.company_id, other)
        self.people["ours"].company_ids -= other
        with self.assertRaises(MissingError):
            self._send("ours", company_id=other.id)
        with self.assertRaises(MissingError):
            self._send("buyer", company_id=self.company.id)

    def test_not_more_than_we_can_look_at(self):
        for number in range(MOST_NEW - 1):
            self._send("ours", f"Idea {number}")
        with self.assertRefused("wait to be looked at"):
            self._send("ours", "One more")
        self.idea.state = "studied"
        self._send("ours", "One more")

    def test_what_becomes_of_it_is_told(self):
        self.assertFalse(self._mails(self.idea))
        idea = self._as(self.idea, "buyer")
        idea.benefit = 100
        self.assertFalse(self._mails(self.idea))
        idea.write({"state": "agreed", "answer": "Good"})
        [mail] = self._mails(self.idea)
        self.assertEqual(mail.recipient_ids, self.people["ours"].partner_id)
        self.assertIn("/my/supplier/ideas", mail.body_html)

    def test_it_stays_as_it_was_sent(self):
        idea = self._as(self.idea, "manager")
        for vals in (
            {"title": "Another"},
            {"partner_id": self.rival.id},
        ):
            with self.assertRefused("stays as it was"):
                idea.write(vals)
        with self.assertRefused("cannot be written", AccessError):
            idea.sent_text = "Another"
        with self.assertRefused("drop it"):
            idea.unlink()

    def test_archived_it_is_seen_with_its_answer(self):
        """What we put away is not gone for whom it is."""
        idea = self._as(self.idea, "buyer")
        with self.assertRefused("is not over"):
            idea.active = False
        idea.write({"state": "dropped", "answer": "Too dear"})
        idea.active = False
        door = self._door("ours")
        self.assertEqual(door._find("supplier.idea"), self.idea)
        self.assertEqual(door._count("supplier.idea"), 1)
        self.assertIn("Too dear", self._page("/my/supplier/ideas").text)
        file = door._files(self.idea)
        self.assertEqual(door._get_file(file.id), file)
