import json
from pathlib import Path

from odoo.modules import get_module_path
from odoo.tests import BaseCase, tagged

from ...exchange import schema
from ...exchange.checking import check
from ...exchange.kinds import IN, KINDS, SENT
from ...exchange.reading import FileProblem, read
from ...exchange.writing import given_back
from ...models.exchange import labels


@tagged("post_install", "-at_install")
class TestExchangeReading(BaseCase):
    """Files and the schema; no database."""

    def _records(self, content, **options):
        return [entry.record for entry in read(content, **options).entries]

    def _codes(self, **record):
        record = {"kind": "incident", "id": "1", "supplier": "s", **record}
        return [problem.code for _field, problem in check(record).problems]

    def test_schema_is_shipped_as_it_is(self):
        path = Path(get_module_path("supplier_evaluation"), schema.PATH)
        self.assertEqual(json.loads(path.read_text()), schema.schema())
        self.assertEqual(json.loads(schema.schema_text()), schema.schema())

    def test_schema_says_what_is_checked(self):
        found = schema.schema()
        self.assertEqual(set(found["$defs"]), set(KINDS))
        for name, kind in IN.items():
            definition = found["$defs"][name]
            record = {"kind": name, "id": "1", "supplier": "s"}
            missing = {field for field, _problem in check(record).problems}
            required = set(definition["required"]) - {"kind", "id"}
            with self.subTest(kind=name):
                self.assertEqual(missing, required)
                self.assertEqual(
                    set(definition["properties"]) - {"kind", "id"},
                    {field.name for field in kind.fields},
                )

    def test_every_kind_has_a_label(self):
        self.assertEqual([name for name, _label in labels.KINDS], list(IN))
        self.assertEqual({name for name, _label in labels.SENT_KINDS}, set(SENT))

    def test_forms_are_found_out(self):
        record = {"kind": "supplier", "id": "1", "name": "上海螺丝"}
        for content in (
            json.dumps({"contract": "c", "id": "m", "records": [record]}).encode(),
            json.dumps([record], ensure_ascii=False).encode("gb18030"),
            b"\xef\xbb\xbf" + json.dumps([record], ensure_ascii=False).encode(),
            json.dumps(record, ensure_ascii=False).encode() + b"\n",
            "kind,id,name\nsupplier,1,上海螺丝\n".encode("utf-16"),
            "kind;id;name\nsupplier;1;上海螺丝\n".encode("gb18030"),
            "id\tname\n1\t上海螺丝\n".encode("utf-8-sig"),
        ):
            with self.subTest(content=content):
                self.assertEqual(self._records(content, kind="supplier"), [record])

    def test_manifest_of_ndjson(self):
        content = b'{"contract": "c", "id": "m"}\n{"kind": "supplier"}\n\n{broken\n'
        feed = read(content)
        self.assertEqual(feed.head, {"contract": "c", "id": "m"})
        self.assertEqual([entry.number for entry in feed.entries], [2, 4])
        self.assertEqual(feed.entries[1].problem.code, "line_json")

    def test_files_that_are_none(self):
        for content, code in (
            (b"  ", "file_empty"),
            (b'{"records": [', "file_json"),
            (b'{"records": 1}', "file_records"),
            (b"name\nBolt\n", "file_header"),
            (b"kind,id,id\nsupplier,1,1\n", "file_double"),
            (b"[" * 100_000, "file_json"),
        ):
            with self.subTest(code=code), self.assertRaises(FileProblem) as problem:
                read(content)
            self.assertEqual(problem.exception.code, code)

    def test_values(self):
        good = {"title": "T", "date_opened": "2026-03-01T08:00:00+08:00"}
        self.assertEqual(self._codes(**good), [])
        values = check({"kind": "incident", "id": 1, "supplier": 7, **good}).values
        self.assertEqual(values["date_opened"], "2026-03-01T00:00:00Z")
        self.assertEqual(values["supplier"], "7")
        for name, value, code in (
            ("date_opened", "1.3.2026", "not_datetime"),
            ("date_opened", "0001-01-01T00:00:00+08:00", "date_range"),
            ("cost", "1,5", "not_number"),
            ("cost", float("nan"), "not_number"),
            ("cost", 10**400, "not_number"),
            ("cost", True, "not_number"),
            ("cost", -1, "negative"),
            ("severity", "huge", "not_choice"),
            ("severity", ["major"], "not_choice"),
            ("title", {"a": 1}, "not_text"),
            ("title", "x" * 251, "too_long"),
            ("title", "\0", "missing"),
        ):
            with self.subTest(name=name, value=value):
                self.assertIn(code, self._codes(**{**good, name: value}))

    def test_whose_it_is_must_be_said(self):
        record = {"kind": "contact", "id": "1", "name": "Ann"}
        [(_field, problem)] = check(record).problems
        self.assertEqual(problem.code, "supplier_missing")

    def test_given_back_and_mended(self):
        header = ("kind", "id", "name")
        record = {"kind": "supplier", "id": "=1+1", "name": "Bolt"}
        rows = [(3, record, "Why", "How")]
        for form in ("json", "ndjson", "csv"):
            content = given_back(form, rows, header)
            with self.subTest(form=form):
                self.assertIn(b"Why", content)
                [again] = self._records(content)
                self.assertFalse(check(again).unknown)
                self.assertEqual(again["id"], "=1+1")
        self.assertIn(b"'=1+1", content)
