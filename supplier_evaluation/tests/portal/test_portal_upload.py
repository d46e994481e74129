from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from ...models.portal.upload import MAX_FILES
from ...tools.upload.files import MAX_NAME, MAX_SIZE
from ..paper import bomb, scan
from .common import PDF, PortalCommon

HTML = b"<html><script>alert(1)</script></html>"


@tagged("post_install", "-at_install")
class TestPortalUpload(PortalCommon, HttpCase):
    """Few kinds of files, not too large, and nothing in them is executed."""

    def _check(self, name, content=PDF):
        [file] = self._door("ours")._check_files([(name, content)])
        return file

    def test_kinds(self):
        self.assertEqual(self._check("a.pdf")["mimetype"], "application/pdf")
        for name in ("a.html", "a.svg", "a.exe", "a.js", "a", ".pdf", "a.pdf.html", ""):
            with self.subTest(name=name), self.assertRaises(UserError):
                self._check(name)

    def test_content_is_what_the_name_says(self):
        for name, content in (
            ("a.pdf", HTML),
            ("a.png", PDF),
            ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>"),
            ("a.docx", b"PK\x03\x04no document"),
            ("a.jpg", b"\x7fELF" + b"\x00" * 64),
        ):
            with self.subTest(name=name), self.assertRaises(UserError):
                self._check(name, content)

    def test_size_and_number(self):
        self.assertTrue(self._check("a.pdf", PDF.ljust(MAX_SIZE)))
        with self.assertRefused("larger than 10 MB"):
            self._check("a.pdf", PDF.ljust(MAX_SIZE + 1))
        with self.assertRefused("is empty"):
            self._check("a.pdf", b"")
        with self.assertRefused("at most"):
            self._door("ours")._check_files([("a.pdf", PDF)] * (MAX_FILES + 1))

    def test_pictures(self):
        """None fills all memory, and none is made smaller: it is what was sent."""
        with self.assertRefused("too many pixels"):
            self._check("a.png", bomb())
        content = scan()
        dispute = self._dispute(files=[("a.png", content)])
        self.assertEqual(dispute._files().raw, content)

    def test_names(self):
        for name, clean in {
            "../../etc/passwd.pdf": "passwd.pdf",
            "C:\\papers\\a.pdf": "a.pdf",
            'a"><script>.pdf': "a___script_.pdf",
            "a\r\nX-Evil: 1.pdf": "a__X-Evil_ 1.pdf",
            "exe\u202efdp.pdf": "exe_fdp.pdf",
            "合格证.pdf": "合格证.pdf",
        }.items():
            with self.subTest(name=name):
                self.assertEqual(self._check(name)["name"], clean)
        long = self._check("x" * 500 + ".pdf")["name"]
        self.assertEqual(len(long), MAX_NAME + 4)

    def test_served_to_be_saved(self):
        dispute = self._dispute(files=[('q"; x=y.pdf', PDF)])
        [file] = self._door("ours")._files(dispute.sudo())
        response = self._page(f"/my/supplier/file/{file.id}")
        self.assertEqual(response.content, PDF)
        headers = response.headers
        self.assertTrue(headers["Content-Disposition"].startswith("attachment"))
        self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
        self.assertIn("sandbox", headers["Content-Security-Policy"])
        self.assertEqual(headers["Content-Type"], "application/pdf")

    def test_refused_over_http(self):
        """A refusal keeps nothing of what came with it, and says why."""
        before = self.env["supplier.dispute"].search_count([])
        page = self._post(
            f"/my/supplier/figure/{self.line.id}/dispute",
            {"reason": "Look"},
            {"files": ("evil.html", HTML, "text/html")},
        )
        self.assertIn("evil.html", page.text)
        self.assertIn("alert-danger", page.text)
        self.assertEqual(self.env["supplier.dispute"].search_count([]), before)

    def test_what_was_refused_is_not_typed_again(self):
        """Once: the next page has an empty form."""
        incident, action, _certification = self._share_work(self.supplier)
        step = action.step_ids[0]
        figure = f"/my/supplier/figure/{self.line.id}"
        for url, page, name in (
            (f"{figure}/dispute", figure, "reason"),
            (
                f"/my/supplier/incident/{incident.id}/answer",
                f"/my/supplier/incident/{incident.id}",
                "text",
            ),
            (
                f"/my/supplier/step/{step.id}/answer",
                f"/my/supplier/action/{action.id}",
                "text",
            ),
            ("/my/supplier/ideas/send", "/my/supplier/ideas", "text"),
        ):
            with self.subTest(url):
                sent = {name: "The <b>long</b> story"}
                file = {"files": ("evil.html", HTML, "text/html")}
                answer = self._post(url, sent, file).text
                self.assertIn(">The &lt;b&gt;long&lt;/b&gt; story</textarea>", answer)
                self.assertEqual(answer.count("The &lt;b&gt;long"), 1)
                again = self._page(page).text
                self.assertNotIn("The &lt;b&gt;long", again)
                self.assertRegex(
                    again, rf'<textarea[^>]* name="{name}"[^>]*></textarea>'
                )

    def test_a_document_that_was_refused_is_not_typed_again(self):
        document = self._document_of(self.supplier, self.company)
        kind = document.type_id
        sent = {
            "document": str(document.id),
            "number": "No. 5",
            "date_to": "2040-01-01",
        }
        file = {"files": ("evil.html", HTML, "text/html")}
        answer = self._post(f"/my/supplier/documents/{kind.id}", sent, file).text
        self.assertIn('value="No. 5"', answer)
        self.assertIn('value="2040-01-01"', answer)

    def test_a_questionnaire_that_was_refused_is_not_answered_again(self):
        *_others, certification = self._share_work(self.supplier)
        answer = certification.answer_ids[0]
        url = f"/my/supplier/certification/{certification.id}"
        sent = {f"value_{answer.id}": "7", f"comment_{answer.id}": "x" * 5001}
        page = self._post(f"{url}/answer", sent).text
        self.assertIn("alert-danger", page)
        self.assertRegex(page, r'value="7"\s+selected="selected"')
        self.assertIn("xxxxx</textarea>", page)
        again = self._page(url).text
        self.assertNotIn("xxxxx</textarea>", again)
        self.assertNotIn('selected="selected"', again)

    def test_a_document_is_called_as_its_file(self):
        document = self._document_of(self.supplier, self.company)
        self.assertIn(">old.pdf</a>", self._page("/my/supplier/documents").text)
        [file] = self._door("ours")._files(document.sudo())
        headers = self._page(f"/my/supplier/file/{file.id}").headers
        self.assertIn("old.pdf", headers["Content-Disposition"])

    def test_a_figure_says_that_it_is_disputed(self):
        dispute = self._dispute()
        page = self._page(f"/my/supplier/figure/{self.line.id}").text
        self.assertIn('<html lang="en-US">', page)
        self.assertIn(f'href="/my/supplier/dispute/{dispute.id}"', page)
        page = self._page(f"/my/supplier/dispute/{dispute.id}").text
        self.assertIn(f'href="/my/supplier/figure/{self.line.id}"', page)

    def test_numbers_as_their_reader_writes_them(self):
        self.env["res.lang"]._activate_lang("de_DE")
        door = self._door("ours").with_context(lang="de_DE")
        shown = door._card(self.card.sudo())
        self.assertEqual(shown["score"], f"{self.card.score:.1f}".replace(".", ","))
        self.assertIn(",", shown["lines"][0]["score"])

    def test_text_is_no_markup(self):
        incident, *_others = self._share_work(self.supplier)
        door = self._door("ours")
        door._send_answer(incident.id, "<script>alert(1)</script>", [])
        page = self._page(f"/my/supplier/incident/{incident.id}")
        self.assertNotIn("<script>alert(1)", page.text)
        self.assertIn("&lt;script&gt;alert(1)", page.text)
