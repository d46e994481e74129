import json
from datetime import datetime, timedelta

from odoo.tests import HttpCase, tagged

from ..common import BUYER
from .common import ExchangeCommon

ROOT = "/supplier_evaluation/exchange/1"


@tagged("post_install", "-at_install")
class TestExchangeHttp(ExchangeCommon, HttpCase):
    """The same over HTTP, with an API key of Odoo's own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.key = cls._key_of(cls.manager)

    @classmethod
    def _key_of(cls, user):
        keys = cls.env["res.users.apikeys"].with_user(user)
        return keys._generate(None, "test", datetime.now() + timedelta(days=1))

    def _call(self, path="", data=None, key=None, content="application/json"):
        headers = {"Authorization": f"Bearer {key or self.key}"}
        if data is not None:
            headers["Content-Type"] = content
            data = data if isinstance(data, bytes) else json.dumps(data).encode()
        return self.url_open(f"{ROOT}{path}", data=data, headers=headers)

    def test_post(self):
        message = self._message(
            self._supplier("1", "Bolt Ltd"), self._supplier("2", ""), source="erp"
        )
        response = self._call(data=message)
        self.assertEqual(response.status_code, 200)
        answer = response.json()
        self.assertEqual(answer["counts"], {"created": 1, "refused": 1})
        self.assertEqual(answer["results"][0]["state"], "created")
        self.assertIn("mend", answer["results"][1])
        again = self._call(data=message)
        self.assertEqual(again.json(), answer)
        kept = self._call(f"/messages/{message['id']}?source=erp")
        self.assertEqual(kept.json(), answer)
        message["records"][0]["name"] = "Another"
        conflict = self._call(data=message)
        self.assertEqual(conflict.status_code, 409)
        self.assertIn("taken already", conflict.json()["reason"])

    def test_forms(self):
        content = "kind,id,name\nsupplier,1,螺丝厂\n".encode()
        response = self._call("?source=erp&id=csv-1", content, content="text/csv")
        self.assertEqual(response.json()["counts"], {"created": 1})
        line = json.dumps(self._supplier("1", "螺丝厂")).encode() + b"\n"
        response = self._call(
            "?source=erp&id=nd-1&dry_run=1", line, content="application/x-ndjson"
        )
        self.assertEqual(response.json()["counts"], {"unchanged": 1})
        self.assertTrue(response.json()["dry_run"])

    def test_refused(self):
        good = self._message(self._supplier("1", "Bolt Ltd"))
        buyer = self._create_user("exchange_http_buyer", BUYER)
        for path, data, key, status in (
            ("?source=erp", good, "no key at all", 401),
            ("?source=erp", good, self._key_of(buyer), 403),
            ("?source=nobody", good, None, 404),
            ("", good, None, 404),
            ("?source=erp", b"{broken", None, 400),
            ("?source=erp", b"[]", None, 400),
            ("?source=erp", {**good, "contract": "other/1"}, None, 400),
            ("/messages/none?source=erp", None, None, 404),
            ("/records/order?source=erp", None, None, 400),
            ("/records/supplier?source=erp&limit=x", None, None, 400),
            ("/records/supplier?source=erp", None, self._key_of(buyer), 403),
        ):
            with self.subTest(path=path, status=status):
                response = self._call(path, data, key)
                self.assertEqual(response.status_code, status)
        self.assertFalse(self.env["res.partner"].search([("name", "=", "Bolt Ltd")]))

    def test_parameters_that_are_misspelt(self):
        """Nothing is taken because nobody understood that it was only to be tried."""
        message = self._message(self._supplier("1", "Bolt Ltd"), source="erp")
        response = self._call("?dry_run=maybe", message)
        self.assertEqual(response.status_code, 400)
        self.assertEqual(response.json()["error"], "parameter")
        self.assertFalse(self.erp.message_count)
        limit = "9" * 5000
        response = self._call(f"/records/supplier?source=erp&limit={limit}")
        self.assertEqual(
            (response.status_code, response.json()["error"]), (400, "limit")
        )

    def test_another_company_has_no_such_system(self):
        self.erp.company_id = self.other_company
        response = self._call("?source=erp", self._message())
        self.assertEqual(response.status_code, 404)

    def test_get(self):
        self._take(self._supplier("1", "Bolt Ltd"))
        page = self._call("/records/supplier?source=erp&limit=1000").json()
        self.assertIn("Bolt Ltd", [record["name"] for record in page["records"]])
        self.assertTrue(page["cursor"])

    def test_schema_is_open_to_all(self):
        response = self.url_open(f"{ROOT}/schema.json")
        self.assertEqual(response.status_code, 200)
        self.assertIn("supplier", response.json()["$defs"])
