import base64
import re

from odoo.tests import HttpCase, tagged
from odoo.tests.common import new_test_user
from odoo.tools.misc import hash_sign

from ...controllers.application.form import LARGEST_FILE
from ...controllers.application.supplier_application import (
    HONEYPOT,
    MOST_IN_AN_HOUR,
    MOST_MAILS_IN_A_DAY,
)
from ..paper import bomb
from .common import ApplicationCommon
from .records import PDF

PNG = base64.b64decode(
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kg"
    b"AAAABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
class TestApplicationPage(ApplicationCommon, HttpCase):
    """What anybody can do on the public page, and cannot."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.company"].search([]).supplier_application_open = False
        cls.company.supplier_application_open = True
        cls.address = f"/supplier/apply/{cls.company.id}"

    def setUp(self):
        super().setUp()
        self.authenticate(None, None)

    def _token(self, address):
        page = self.url_open(address).text
        return re.search(r'name="csrf_token"\s+value="([^"]+)"', page).group(1)

    def _vals(self, **vals):
        return {
            "company_name": "Norden Parts GmbH",
            "country_id": str(self.env.ref("base.de").id),
            "tax_id": "DE123456788",
            "contact_name": "Anna",
            "email": "anna@norden.example.com",
            "csrf_token": self.csrf,
            **vals,
        }

    def _send(self, files=None, **vals):
        if not hasattr(self, "csrf"):
            self.csrf = self._token(self.address)
        return self.url_open(
            self.address, data=self._vals(**vals), files=files, allow_redirects=False
        )

    def _found(self, mail="anna@norden.example.com"):
        return self.env["supplier.application"].search([("email", "=", mail)])

    def _read(self, response):
        """Return status, place and text without what differs from page to page."""
        text = re.sub(r'csrf_token: "[^"]*"', "", response.text)
        return response.status_code, response.headers.get("Location"), text

    # ------------------------------------------------------------
    # From the page into the pool
    # ------------------------------------------------------------

    def test_apply_and_confirm(self):
        response = self._send(
            category_ids=[str(self.category.id)],
            **{
                f"document_{self.kind.id}_number": "HRB 1",
                f"document_{self.kind.id}_date_to": "2031-01-31",
            },
            files={f"document_{self.kind.id}": ("../../a b.pdf", PDF, "text/html")},
        )
        self.assertEqual(response.status_code, 303)
        self.assertIn("/supplier/apply/sent", response.headers["Location"])
        application = self._found()
        self.assertEqual(application.state, "unconfirmed")
        self.assertEqual(application.company_id, self.company)
        self.assertEqual(application.category_ids, self.category)
        document = application.document_ids
        self.assertEqual(document.filename, "a b.pdf")
        self.assertEqual(str(document.date_to), "2031-01-31")
        mail = self._mails(application.email)
        self.assertEqual(len(mail), 1)
        address = re.search(r'/supplier/apply/confirm/[^"]+', mail.body_html).group()
        for _scan in range(2):
            page = self.url_open(address)
            self.assertIn("Norden Parts GmbH", page.text)
            self.assertEqual(application.state, "unconfirmed")
        data = {"csrf_token": self._token(address), "answer": "confirm"}
        self.assertIn("has reached us", self.url_open(address, data=data).text)
        application.invalidate_recordset()
        self.assertEqual(application.state, "new")
        self.assertTrue(application.date_confirmed)
        when = application.date_confirmed
        self.assertIn("has reached us", self.url_open(address, data=data).text)
        application.invalidate_recordset()
        self.assertEqual(application.date_confirmed, when)

    def test_only_the_mail_has_the_link(self):
        """Nobody of us confirms an address for the applicant."""
        self._send()
        application = self._found()
        template = self.env.ref(
            "supplier_evaluation.mail_template_supplier_application_confirm"
        )
        own = self._as(template, "user")
        message = own.env["mail.message"]
        sent = self._mails(application.email)
        self.assertIn("/apply/confirm/", sent.body_html)
        self.assertFalse(message.search([("id", "=", sent.mail_message_id.id)]))
        mail = own.send_mail(application.id, email_values={"email_to": "me@x.example"})
        self._as(application, "user").message_post_with_source(template)
        for text in (
            self.env["mail.mail"].browse(mail).body_html,
            application.message_ids[:1].body,
        ):
            self.assertIn("Look at it and confirm", text)
            self.assertNotIn("/apply/confirm/", text)

    def test_taken_back(self):
        self._send()
        application = self._found()
        address = f"/supplier/apply/confirm/{application._sign()}"
        data = {"csrf_token": self._token(address), "answer": "withdraw"}
        self.assertIn("is taken back", self.url_open(address, data=data).text)
        self.assertFalse(application.exists())
        self.assertFalse(self._mails("anna@norden.example.com"))
        self.assertEqual(self.url_open(address).status_code, 404)
        known = self.application
        address = f"/supplier/apply/confirm/{known._sign()}"
        self.url_open(address, data=data)
        known.invalidate_recordset()
        self.assertEqual(known.state, "withdrawn")

    def test_links_that_are_none(self):
        good = self.application._sign()
        self.application.company_id.supplier_application_days = 1
        other = self._apply()._sign()
        for token in ("", "A", "é", good[:-2], good[:12] + other[12:], "AQ" + "A" * 80):
            with self.subTest(token):
                address = f"/supplier/apply/confirm/{token}"
                self.assertEqual(self.url_open(address).status_code, 404)

    def test_expired(self):
        old = hash_sign(
            self.env,
            "supplier.application.confirm",
            [self.application.id],
            expiration_hours=-1,
        )
        self.assertFalse(self.env["supplier.application"]._find_by_token(old))

    # ------------------------------------------------------------
    # Nobody learns whom we know
    # ------------------------------------------------------------

    def test_known_and_unknown_are_answered_alike(self):
        self.supplier.write(
            {
                "name": "Known GmbH",
                "vat": False,
                "company_registry": "HRB 4711",
                "email": "known@known.example.com",
                "supplier_rank": 1,
            }
        )
        answers, statements = [], []
        for name, number, mail in (
            ("First GmbH", "HRB 1000", "a@first.example.com"),
            ("Known GmbH", "HRB 4711", "known@known.example.com"),
            ("Third GmbH", "HRB 3000", "c@third.example.com"),
        ):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            response = self._send(
                company_name=name, registry_number=number, email=mail, tax_id=""
            )
            statements.append(self.env.cr.sql_log_count - before)
            answers.append(self._read(response))
        self.assertEqual(len(set(answers)), 1)
        # The first one fills what workers remember; the others do the same work.
        self.assertEqual(statements[1], statements[2])
        self.assertFalse(self.env["supplier.application.candidate"].search([]))

    def test_a_thousand_requests(self):
        known = {"company_name": self.supplier.name}
        unknown = {"company_name": "Nobody"}
        answers = {}
        for number in range(1000):
            vals = known if number % 2 else unknown
            response = self._send(email=f"a{number}@many.example.com", **vals)
            answers.setdefault(self._read(response), []).append(number)
        kept = self.env["supplier.application"].search(
            [("email", "like", "@many.example.com")]
        )
        self.assertEqual(len(kept), MOST_IN_AN_HOUR)
        by_status = {status: numbers for (status, *_), numbers in answers.items()}
        self.assertEqual(len(answers), 2)
        self.assertEqual(by_status[303], list(range(MOST_IN_AN_HOUR)))
        self.assertEqual(by_status[429], list(range(MOST_IN_AN_HOUR, 1000)))
        counted = self.env["supplier.application.attempt"].search([])
        self.assertIn(MOST_IN_AN_HOUR, counted.mapped("count"))
        self.assertNotIn("127.0.0.1", "".join(counted.mapped("key")))

    def test_one_mail_address(self):
        places = {
            self._send(company_name=f"Company {number}").headers["Location"]
            for number in range(MOST_MAILS_IN_A_DAY + 2)
        }
        self.assertEqual(len(places), 1)
        self.assertEqual(len(self._found()), MOST_MAILS_IN_A_DAY)

    # ------------------------------------------------------------
    # What is not taken
    # ------------------------------------------------------------

    def test_honeypot(self):
        response = self._send(**{HONEYPOT: "1"})
        self.assertEqual(response.status_code, 303)
        self.assertFalse(self._found())

    def test_without_a_token_against_forgery(self):
        for token in ("", "wrong"):
            with self.subTest(token):
                response = self._send(csrf_token=token)
                self.assertEqual(response.status_code, 400)
        self.assertFalse(self._found())

    def test_what_is_missing_or_wrong(self):
        for vals, text in (
            ({"company_name": ""}, "Please fill this in"),
            ({"country_id": "x"}, "Please fill this in"),
            ({"contact_name": " "}, "Please fill this in"),
            ({"email": "nobody"}, "This is not an e-mail address"),
            ({"tax_id": ""}, "registry number or the tax ID"),
            ({"website": "javascript:alert(1)"}, "This is not a web address"),
            ({"company_name": "x" * 201}, "At most 200 characters"),
        ):
            with self.subTest(vals):
                response = self._send(**vals)
                self.assertEqual(response.status_code, 422)
                self.assertIn(text, response.text)
        self.assertFalse(self._found())

    def test_what_was_typed_is_not_executed(self):
        evil = '"><script>alert(1)</script>'
        response = self._send(company_name=evil, email="")
        self.assertNotIn("<script>alert(1)", response.text)
        self._send(company_name=evil, contact_name="Buy now at spam.example.com")
        page = self.url_open(f"/supplier/apply/confirm/{self._found()._sign()}")
        self.assertNotIn("<script>alert(1)", page.text)
        # Nor does the mail to an address that may be somebody else's carry a text.
        mail = self._mails(self._found().email).body_html
        self.assertNotIn("script", mail)
        self.assertNotIn("spam.example.com", mail)

    def test_a_name_has_one_line(self):
        """Names, numbers and addresses get into the headers of mails."""
        name, evil = f"document_{self.kind.id}", "A\r\nBcc: all@example.com\tB\u2028C"
        texts = ("company_name", "contact_name", "tax_id", "registry_number", "phone")
        self._send(
            **dict.fromkeys(texts, evil),
            message=evil,
            **{f"{name}_number": evil, f"{name}_date_to": "2031-01-31"},
            files={name: ("a\tb.pdf", PDF)},
        )
        application = self._found()
        document = application.document_ids
        for text in (*(application[one] for one in texts), document.number):
            self.assertEqual(text, "A Bcc: all@example.com B C")
        self.assertEqual(application.message.count("\n"), 1)
        self.assertEqual(document.filename, "a b.pdf")

    def test_a_file_in_place_of_a_text(self):
        name = f"document_{self.kind.id}"
        inputs = ("company_name", "country_id", "message", f"{name}_date_to")
        files = {one: (f"{one}.pdf", PDF) for one in inputs}
        response = self._send(
            **dict.fromkeys(inputs, ""), files={name: ("a.pdf", PDF), **files}
        )
        self.assertEqual(response.status_code, 422)
        self.assertIn("Please fill this in", response.text)
        self.assertFalse(self._found())

    def test_files_that_are_not_taken(self):
        name = f"document_{self.kind.id}"
        until = {f"{name}_date_to": "2031-01-31"}
        html = b"<html><script>alert(1)</script></html>"
        for file, text in (
            (("a.html", html, "text/html"), "Please attach a PDF"),
            (("a.pdf", html, "application/pdf"), "Please attach a PDF"),
            (("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "attach a PDF"),
            (("a.pdf.exe", PDF), "Please attach a PDF"),
            (("a.png", PDF), "Please attach a PDF"),
            (("a.pdf", b""), "Please attach a PDF"),
            (("a.png", bomb()), "too many pixels"),
            (("a.pdf", PDF + b"0" * LARGEST_FILE), "larger than 8 MB"),
        ):
            with self.subTest(file[0]):
                response = self._send(files={name: file}, **until)
                self.assertEqual(response.status_code, 422)
                self.assertIn(text, response.text)
        response = self._send(files={name: ("a.png", PNG, "image/png")})
        self.assertIn("until when this document is valid", response.text)
        self.assertFalse(self._found())

    def test_more_than_fits(self):
        name = f"document_{self.kind.id}"
        response = self._send(files={name: ("a.pdf", PDF + b"0" * 25 * 1024**2)})
        self.assertEqual(response.status_code, 413)

    def test_categories_that_are_not_open(self):
        closed = self.env["product.category"].create({"name": "Closed"})
        self._send(category_ids=[str(closed.id), str(self.category.id), "x"])
        self.assertEqual(self._found().category_ids, self.category)

    def test_guarded_fields_are_not_sent(self):
        self._send(state="accepted", user_id="2", partner_id="1", lang="xx")
        application = self._found()
        self.assertEqual(application.state, "unconfirmed")
        self.assertFalse(application.user_id | application.partner_id.user_ids)

    # ------------------------------------------------------------
    # Which company
    # ------------------------------------------------------------

    def test_a_company_that_takes_none(self):
        for company_id in (self.elsewhere.id, 999999):
            address = f"/supplier/apply/{company_id}"
            self.assertEqual(self.url_open(address).status_code, 404)

    def test_one_or_several_companies(self):
        first = self.url_open("/supplier/apply", allow_redirects=False)
        self.assertIn(self.address, first.headers["Location"])
        self.elsewhere.supplier_application_open = True
        page = self.url_open("/supplier/apply").text
        self.assertIn("Elsewhere", page)
        self.env["res.company"].search([]).supplier_application_open = False
        self.assertIn("nobody here takes", self.url_open("/supplier/apply").text)

    def test_people_of_the_portal_may_apply(self):
        new_test_user(self.env, "page_portal", groups="base.group_portal")
        self.authenticate("page_portal", "page_portal")
        self._send()
        self.assertEqual(self._found().state, "unconfirmed")
