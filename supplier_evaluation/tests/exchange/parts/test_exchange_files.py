import base64
import json
from unittest.mock import patch

from odoo.tests import tagged

from ....exchange import contract, files
from ....exchange.checking import check
from ....models.exchange.kind import document_file
from ...paper import bomb, scan
from ..common import ExchangeCommon

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n"
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)


def _text(content):
    return base64.b64encode(content).decode()


@tagged("post_install", "-at_install")
class TestExchangeFiles(ExchangeCommon):
    """The scans of documents come in checked, and go out where they are asked for."""

    def setUp(self):
        super().setUp()
        self._take(self._supplier("1", "Bolt Ltd"))

    def _paper(self, external_id="d", **values):
        return {
            "kind": "document",
            "id": external_id,
            "supplier": "1",
            "type": "iso_9001",
            "number": f"Q-{external_id}",
            "date_to": "2031-12-31",
            **values,
        }

    def _with_file(self, external_id="d", content=PDF, name="scan.pdf", **values):
        return self._paper(external_id, file=_text(content), file_name=name, **values)

    def _document(self, result):
        return self.env["supplier.document"].browse(result.res_id)

    def test_in(self):
        result = self._one(self._with_file(file_type="application/pdf"))
        self.assertEqual((result.state, result.reason), ("created", False))
        document = self._document(result)
        self.assertEqual(base64.b64decode(document.file), PDF)
        self.assertEqual(document.filename, "scan.pdf")
        self.assertEqual(document.verification, "to_verify")
        self.assertEqual(self._one(self._with_file()).state, "unchanged")
        other = self._one(self._with_file(content=PNG, name="scan.png"))
        self.assertEqual(other.state, "updated")
        self.assertEqual(base64.b64decode(document.file), PNG)

    def test_what_is_not_said_stays(self):
        document = self._document(self._one(self._with_file()))
        result = self._one(self._paper(issuer="TÜV", file_name="other.pdf"))
        self.assertEqual(result.state, "updated")
        self.assertEqual(base64.b64decode(document.file), PDF)
        self.assertEqual(document.filename, "scan.pdf")
        self.assertEqual(self._one(self._paper(file=None)).state, "updated")
        self.assertFalse(document.file)
        self.assertFalse(document.filename)

    def test_names_are_made_safe(self):
        result = self._one(self._with_file(name="../..\\C:\\<b>scan.pdf"))
        self.assertEqual(self._document(result).filename, "_b_scan.pdf")

    def test_what_is_not_taken(self):
        bad = {
            "no name": (self._paper(file=_text(PDF)), "file_name"),
            "kind": (self._with_file(name="run.exe"), "xlsx"),
            "no extension": (self._with_file(name="pdf"), "xlsx"),
            "html": (self._with_file(content=b"<html><script>"), "Save it anew"),
            "svg": (self._with_file(content=b"<svg/>", name="a.png"), "Save it anew"),
            "type": (self._with_file(file_type="image/png"), "right type"),
            "base64": (self._paper(file="%%%", file_name="a.pdf"), "base64"),
            "number": (self._paper(file=5, file_name="a.pdf"), "base64"),
        }
        for name, (record, mend) in bad.items():
            with self.subTest(name=name):
                result = self._one({**record, "id": name, "number": name})
                self.assertEqual(result.state, "refused")
                self.assertIn(mend, f"{result.reason} {result.mend}")
                self.assertFalse(result.res_id)

    def test_a_scan_stays_as_it_came(self):
        """Odoo makes large pictures smaller: then each message would bring another."""
        content = scan()
        record = self._with_file(content=content, name="scan.png")
        document = self._document(self._one(record))
        self.assertEqual(base64.b64decode(document.file), content)
        content = scan(height=30)
        record = self._with_file(content=content, name="scan.png")
        self.assertEqual(self._one(record).state, "updated")
        self.assertEqual(base64.b64decode(document.file), content)
        document._write_guarded(
            {"verification": "verified", "date_verified": "2026-03-01 08:00:00"}
        )
        # The same file in a record that says something new is the same file.
        again = self._one({**record, "_remark": "x", "issuer": None})
        self.assertEqual((again.state, again.reason), ("unchanged", False))

    def test_a_picture_that_fills_all_memory(self):
        for side in (8_000, 10_000, 20_000):
            result = self._one(
                self._with_file(f"b{side}", content=bomb(side), name="a.png")
            )
            self.assertEqual(result.state, "refused")
            self.assertIn("too many pixels", result.reason)

    def test_size(self):
        with patch.object(files, "FILE_SIZE", 30):
            self.assertFalse(check(self._with_file(content=PDF[:30])).problems)
            for size in (31, 33, 3000):
                [(field, problem)] = check(
                    self._with_file(content=(PDF * 99)[:size])
                ).problems
                self.assertEqual((field, problem.code), ("file", "file_large"))
        self.assertEqual(contract.FILE_SIZE, 10 * 1024 * 1024)

    def test_what_was_verified_stays(self):
        document = self._document(self._one(self._with_file()))
        document._write_guarded(
            {"verification": "verified", "date_verified": "2026-03-01 08:00:00"}
        )
        result = self._one(self._with_file(content=PNG, name="scan.png"))
        self.assertEqual(result.state, "refused")
        self.assertEqual(base64.b64decode(document.file), PDF)

    def test_a_bad_one_stops_no_other(self):
        message = self._take(
            self._with_file("a"), self._with_file("b", name="b.exe"), self._paper("c")
        )
        self.assertEqual(self._states(message), ["created", "refused", "created"])

    # ------------------------------------------------------------
    # Out
    # ------------------------------------------------------------

    def _give(self, **options):
        source = self._as(self.erp, self.manager)
        return self.Message.give(source, "document", **options)

    def test_out_only_if_asked_for(self):
        document = self._document(self._one(self._with_file()))
        [plain] = self._own(self._give(), document)
        self.assertFalse({"file", "file_name", "file_type"} & plain.keys())
        [full] = self._own(self._give(files=True), document)
        self.assertEqual(base64.b64decode(full["file"]), PDF)
        self.assertEqual(full["file_name"], "scan.pdf")
        self.assertEqual(full["file_type"], "application/pdf")

    def _own(self, page, documents):
        ids = {str(number) for number in documents.ids}
        return [one for one in page["records"] if one["id"] in ids]

    def test_large_files_make_short_pages(self):
        documents = self.env["supplier.document"].union(
            *(self._document(self._one(self._with_file(name))) for name in "abcd")
        )
        found, cursor, more = [], "", True
        with patch.object(document_file, "PAGE", 2 * len(PDF)):
            while more:
                page = self._give(files=True, cursor=cursor)
                self.assertLessEqual(len(self._own(page, documents)), 2)
                found += self._own(page, documents)
                cursor, more = page["cursor"], page["more"]
        self.assertEqual(
            sorted(one["id"] for one in found), sorted(map(str, documents.ids))
        )

    def test_round_trip_by_each_form(self):
        document = self._document(self._one(self._with_file()))
        for form in ("json", "ndjson", "csv"):
            dialogs = self._as(self.env["supplier.exchange.export"], self.manager)
            vals = {"source_id": self.erp.id, "kind": "document", "form": form}
            dialog = dialogs.create({**vals, "with_files": True})
            dialog.action_export()
            content = base64.b64decode(dialog.file)
            with self.subTest(form=form):
                self.assertIn(_text(PDF).encode(), content)
                result = self._taken_elsewhere(content, document, form)
                self.assertEqual((result.state, result.reason), ("created", False))
                copy = self._document(result)
                self.assertEqual(base64.b64decode(copy.file), PDF)
                self.assertEqual(copy.filename, "scan.pdf")

    def _taken_elsewhere(self, content, document, form):
        """Take the file as another company would; return what became of a document."""
        crm = self.crm.copy({"code": f"crm-{form}"})
        vendor = self.env["res.partner"].create(
            {"name": f"Bolt {form} Ltd", "is_company": True, "supplier_rank": 1}
        )
        self.env["supplier.exchange.identity"]._keep(
            crm,
            "supplier",
            "res.partner",
            {str(document.partner_id.id): (vendor.id, False)},
        )
        message = self._dialog(content, f"all.{form}", crm).message_id
        return message.result_ids.filtered(
            lambda one: one.external_id == str(document.id)
        )

    def test_few_queries(self):
        """However many files there are, they are found in one question."""
        papers = [self._with_file(str(number)) for number in range(20)]
        self._take(*papers)
        documents = self.env["supplier.document"].search(
            [("partner_id.name", "=", "Bolt Ltd")]
        )
        kind = self.env["supplier.exchange.kind.document"]
        self.env.invalidate_all()
        with self.assertQueryCount(8):
            said = kind._say(documents)
        self.assertEqual(len({one["file"] for one in said.values()}), 1)
        json.dumps(said)
