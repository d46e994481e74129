import re
import secrets
from unittest.mock import patch

from odoo.tests import HttpCase, tagged

from .common import CertificationCommon


@tagged("post_install", "-at_install")
class TestCertificatePage(CertificationCommon, HttpCase):
    """What anybody with the code learns, and anybody without it does not."""

    def _page(self, token):
        response = self.url_open(f"/supplier/certificate/{token}")
        # Tokens against forgery differ from request to request.
        text = re.sub(r"csrf_token: \"[^\"]*\"", "", response.text)
        return response, text.replace(token, "TOKEN")

    def test_valid(self):
        packaging = self.env["product.category"].create({"name": "Packaging"})
        certification = self._certified(category_ids=[(6, 0, packaging.ids)])
        token = certification.verification_token
        self.assertGreaterEqual(len(token), 22)
        self.assertTrue(certification._verification_url().endswith(token))
        response, text = self._page(token)
        self.assertEqual(response.status_code, 200)
        self.assertIn("This certificate is valid", text)
        self.assertIn('<html lang="en-US">', text)
        self.assertIn("Packaging", text)
        self.assertIn(certification.date_to.strftime("%m/%d/%Y"), text)
        self.assertIn("no-store", response.headers["Cache-Control"])
        for secret in (
            self.supplier.name,
            certification.name,
            self.program.name,
            "second",
            "Terms are fine",
        ):
            self.assertNotIn(secret, text)

    def test_wrong_and_revoked_look_the_same(self):
        _response, wrong = self._page(secrets.token_urlsafe(16))
        self.assertIn("This certificate is not valid", wrong)
        for builder in ("_suspended", "_revoked", "_expired"):
            certification = getattr(self, builder)()
            with self.subTest(state=certification.state):
                response, text = self._page(certification.verification_token)
                self.assertEqual(response.status_code, 200)
                self.assertEqual(text, wrong)

    def test_wrong_and_dead_codes_take_the_same_work(self):
        model = self.env["supplier.certification"]
        dead = [
            getattr(self, builder)().verification_token
            for builder in ("_suspended", "_revoked", "_expired")
        ]
        found = self._certified()
        self.assertEqual(model._find_by_token(found.verification_token), found)
        statements = set()
        for token in (model._new_token(), *dead, "A" * 22):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertFalse(model._find_by_token(token))
            statements.add(self.env.cr.sql_log_count - before)
        self.assertEqual(len(statements), 1)
        self.assertLessEqual(statements.pop(), 4)

    def test_random_codes(self):
        """What is looked up finds nothing, for 1,000 codes; the page says so."""
        certification = self._certified()
        model = self.env["supplier.certification"]
        tokens = {model._new_token() for _index in range(1000)}
        self.assertEqual(len(tokens), 1000)
        self.assertNotIn(certification.verification_token, tokens)
        for token in tokens:
            response = self.url_open(f"/supplier/certificate/{token}")
            self.assertIn("This certificate is not valid", response.text)

    def test_odd_codes(self):
        self._draft()  # it has no code at all
        for token in ("False", "None", "0", "%25", "_" * 22, "x" * 5000, "'--"):
            response = self.url_open(f"/supplier/certificate/{token}")
            self.assertNotIn("This certificate is valid", response.text)

    def test_what_is_no_code_is_not_looked_up(self):
        good = "A" * 22
        _response, wrong = self._page(good)
        model = self.env.registry["supplier.certification"]
        with patch.object(model, "search", side_effect=AssertionError) as search:
            for token in ("%00", f"%00{good[1:]}", f"{good}%0A", good[1:], f"{good}A"):
                with self.subTest(token=token):
                    response, text = self._page(token)
                    self.assertEqual(response.status_code, 200)
                    self.assertEqual(text, wrong)
            search.assert_not_called()

    def test_certificate(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.supplier.lang = "fr_FR"
        certification = self._certified()
        report = self.env["ir.actions.report"]
        name = "supplier_evaluation.supplier_certificate_report"
        html, _kind = report._render_qweb_html(name, certification.ids)
        html = html.decode()
        for text in (
            certification.name,
            self.supplier.name,
            self.program.name,
            certification._verification_url(),
            "data:image/svg+xml;base64,",
        ):
            self.assertIn(text, html)
        # One page in English, one in the supplier's language, each with its dates.
        self.assertEqual(html.count("data:image/svg+xml;base64,"), 2)
        self.assertIn(certification.date_to.strftime("%m/%d/%Y"), html)
        self.assertIn(certification.date_to.strftime("%d/%m/%Y"), html)

    def test_no_certificate_of_what_is_not_in_force(self):
        certification = self._suspended()
        name = "supplier_evaluation.supplier_certificate_report"
        with self.assertRefused("is not in force"):
            self.env["ir.actions.report"]._render_qweb_html(name, certification.ids)
