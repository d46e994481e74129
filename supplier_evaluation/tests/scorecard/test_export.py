from odoo.tests import HttpCase, tagged

from ..test_access import AccessCommon


@tagged("post_install", "-at_install")
class TestExport(AccessCommon, HttpCase):
    def _download(self, name):
        user = self.people[name]
        self.authenticate(user.login, user.login)
        return self.url_open(
            f"/supplier_evaluation/{self.evaluation.id}/scorecards.xlsx"
        )

    def test_workbook(self):
        response = self._download("user")
        self.assertEqual(response.status_code, 200)
        self.assertTrue(response.content.startswith(b"PK"))

    def test_refused(self):
        for name in ("elsewhere", "portal", "nobody"):
            with self.subTest(user=name):
                self.assertIn(self._download(name).status_code, (403, 404))
