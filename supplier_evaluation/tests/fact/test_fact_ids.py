from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from ...report.document.requirement import FACT_IDS as DOCUMENT_IDS
from ...report.fact.ids import IdCodec, SourceIds
from ...report.history.rows import FACT_IDS as LINE_IDS
from ...report.lifecycle.supplier_source import SOURCE_IDS
from ...report.receipt.query import FACT_IDS as RECEIPT_IDS


@tagged("post_install", "-at_install")
class TestFactIds(TransactionCase):
    """An identifier says of which records a fact was made, in Python and in SQL."""

    def _sql(self, expression):
        [(value,)] = self.env.execute_query(SQL("SELECT %s", expression))
        return value

    def test_what_was_put_in_comes_out(self):
        for codec, numbers in (
            (IdCodec(), (7,)),
            (IdCodec(2), (7, 1)),
            (DOCUMENT_IDS, (2**29 - 1, 0, 4095)),
            (SOURCE_IDS, (2**21 - 1, 2**23 - 1, 2**9 - 1)),
        ):
            with self.subTest(numbers=numbers):
                identifier = codec.encode(*numbers)
                self.assertEqual(codec.decode(identifier), numbers)
                self.assertLess(identifier, 2**53)  # a browser holds it exactly
                self.assertEqual(self._sql(codec.sql(*numbers)), identifier)

    def test_what_has_no_room_is_refused(self):
        for numbers in ((7, 4096, 1), (7, 1, 4096), (7, -1, 1)):
            with self.subTest(numbers=numbers), self.assertRaises(ValueError):
                DOCUMENT_IDS.encode(*numbers)

    def test_identifiers_as_they_were_given_out(self):
        """They are in links that people keep."""
        self.assertEqual(LINE_IDS.encode("purchase.order.line", 7), 14)
        self.assertEqual(LINE_IDS.encode("supplier.history.line", 7), 15)
        self.assertEqual(RECEIPT_IDS.encode("stock.move", 7), 28)
        self.assertEqual(RECEIPT_IDS.encode("supplier.history.line", 7), 31)
        self.assertEqual(DOCUMENT_IDS.encode(7, 3, 1), 117452801)
        self.assertEqual(SOURCE_IDS.encode(7, 3, 1), (7 * 2**23 + 3) * 2**9 + 1)

    def test_records_of_several_models(self):
        ids = SourceIds("one", "two", "three")
        identifiers = [ids.encode("one", 5), ids.encode("three", 6)]
        found = {"one": [5], "two": [], "three": [6]}
        self.assertEqual(ids.split(identifiers), found)
        for model, record_id in (("one", 5), ("three", 6)):
            identifier = ids.encode(model, record_id)
            self.assertEqual(self._sql(ids.sql(model, record_id)), identifier)
            self.assertEqual(self._sql(ids.sql_record(model, identifier)), record_id)
            self.assertIsNone(self._sql(ids.sql_record("two", identifier)))
