import json

from odoo.tests import tagged

from ....exchange.checking import kept_text
from ....exchange.kinds import KINDS
from ....exchange.reading import read
from ....exchange.writing import given_back, sent
from ..common import ExchangeCommon


@tagged("post_install", "-at_install")
class TestExchangeValues(ExchangeCommon):
    """Values are kept as they were sent, whatever letters they have."""

    def test_a_text_that_looks_like_an_instant(self):
        name = "ABCTEFGHIJKLMNOPQRSZ"
        result = self._one(self._supplier("1", name, ref="2026-03-01T08:00:00Z"))
        partner = self._partner(result)
        self.assertEqual((partner.name, partner.ref), (name, "2026-03-01T08:00:00Z"))

    def test_backslashes_and_letters_that_are_none(self):
        message = self._take(
            self._supplier("1", "Bolt \\u0000 Ltd", **{"a\\u0000": 1}),
            self._supplier("2", "Nut\0 Ltd", city="Ulm\ud800", **{"b\0": ["\0"]}),
            self._supplier("3", 'Screw \\"\\\\u0000'),
        )
        self.assertEqual(self._states(message), ["created"] * 3)
        partners = [
            self._partner(result) for result in message.result_ids.sorted("number")
        ]
        self.assertEqual(
            [partner.name for partner in partners],
            ["Bolt \\u0000 Ltd", "Nut Ltd", 'Screw \\"\\\\u0000'],
        )
        self.assertEqual(partners[1].city, "Ulm?")

    def test_kept_text_is_json(self):
        for record in (
            {"a\0b": "\\\0\\u0000\\\\\0", "c": [{"d": "\0"}]},
            {"a": "\n\t\u2028\"'"},
        ):
            text = json.dumps(record).replace("\0", "")
            with self.subTest(record=text):
                self.assertEqual(
                    json.loads(kept_text(record)), self._without_nul(record)
                )

    def _without_nul(self, value):
        if isinstance(value, dict):
            items = value.items()
            return {
                self._without_nul(key): self._without_nul(one) for key, one in items
            }
        if isinstance(value, list):
            return [self._without_nul(one) for one in value]
        return value.replace("\0", "")

    def test_null_does_not_archive(self):
        contact = {"kind": "contact", "id": "c", "supplier": "1", "name": "Ann"}
        supplier = self._supplier("1", "Bolt Ltd")
        message = self._take({**supplier, "active": None}, {**contact, "active": None})
        self.assertEqual(self._states(message), ["created", "created"])
        partner = self._partner(message.result_ids.sorted("number")[0])
        self.assertTrue(partner.active and partner.child_ids.active)
        again = self._take({**supplier, "active": None, "city": "Ulm"})
        self.assertEqual(self._states(again), ["updated"])
        self.assertTrue(partner.active)

    def test_null_does_not_bring_back(self):
        supplier = self._supplier("1", "Bolt Ltd", active=True)
        partner = self._partner(self._one(supplier))
        self._take({**supplier, "active": False})
        self.assertFalse(partner.active)
        self._take({**supplier, "active": None, "city": "Ulm"})
        self.assertFalse(partner.active)
        self.assertEqual(partner.city, "Ulm")

    def test_letters_in_identifiers(self):
        record = self._supplier("1", "Bolt Ltd")
        self.assertEqual(self._take(record, id="a\0b\ud800").name, "ab?")
        with self.assertRefused("no identifier"):
            self._take(record, id="\0")
        self.assertFalse(self.erp._find("erp\0x"))

    def test_cursors_that_are_none(self):
        source = self._as(self.erp, self.manager)
        for cursor in (
            "2026-13-45T10:00:00~1",
            "2026-01-01T25:00:00~1",
            "0000-01-01T00:00:00~1",
            "2026-01-01T00:00:00~",
            7,
        ):
            with self.subTest(cursor=cursor), self.assertRefused("is no cursor"):
                self.Message.give(source, "supplier", cursor=cursor)

    def test_records_that_cannot_be_opened(self):
        message = self._take(self._supplier("1", "Bolt Ltd"), self._supplier("2", ""))
        taken, refused = message.result_ids.sorted("number")
        self.assertEqual(taken.action_open_record()["res_id"], taken.res_id)
        with self.assertRefused("is no longer there"):
            refused.action_open_record()
        identity = self.env["supplier.exchange.identity"].create(
            {"source_id": self.erp.id, "kind": "incident", "external_id": "i"}
        )
        with self.assertRefused("is no longer there"):
            identity.action_open_record()
        identity.write({"res_model": "a.module.that.went", "res_id": 1})
        with self.assertRefused("is no longer there"):
            identity.action_open_record()
        self._partner(taken).unlink()
        with self.assertRefused("is no longer there"):
            taken.action_open_record()

    def test_lines_end_where_json_says(self):
        record = {"kind": "supplier", "id": "1", "name": "A\u2028B\u0085C\x1cD"}
        content = sent("ndjson", KINDS["supplier"], [record, record])
        feed = read(content)
        self.assertEqual([one.record for one in feed.entries], [record, record])
        back = given_back("ndjson", [(1, record, "Why", "How")])
        [entry] = read(back.replace(b"\n", b"\r\n"), "ndjson").entries
        self.assertEqual(entry.record["name"], record["name"])

    def test_csv_comes_in_as_it_went_out(self):
        record = {
            "kind": "bill",
            "id": "-7",
            "supplier": "=1+1",
            "number": "+86 10",
            "order": "'-x",
            "amount": -5.5,
        }
        content = sent("csv", KINDS["bill"], [record])
        self.assertIn(b",-5.5,", content)
        self.assertIn(b"'+86 10", content)
        [entry] = read(content).entries
        self.assertEqual(entry.record, {**record, "amount": "-5.5"})
        header = tuple(record)
        back = given_back("csv", [(1, entry.record, "Why", "How")], header)
        self.assertIn(b",-5.5,", back)
        [again] = read(back).entries
        self.assertEqual(again.record, entry.record)
