from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from ...tools.bulk import CHUNK, bulk_copy
from ...tools.streams import id_array

COLUMNS = ("kind", "res_id")


@tagged("post_install", "-at_install")
class TestStreams(TransactionCase):
    """What goes to the database by the ten thousand arrives as it was sent."""

    def setUp(self):
        super().setUp()
        self.notes = self.env["supplier.fact.change"]
        self.env.cr.execute("DELETE FROM supplier_fact_change")

    def _stored(self):
        return self.env.execute_query(
            SQL("SELECT kind, res_id FROM supplier_fact_change ORDER BY res_id")
        )

    def test_rows_are_made_while_others_are_stored(self):
        kind = "tab\tline\nback\\"
        rows = [(kind, number) for number in range(2 * CHUNK + 1)]

        bulk_copy(self.notes, COLUMNS, iter(rows))

        self.assertEqual(self._stored(), rows)

    def test_no_rows(self):
        bulk_copy(self.notes, COLUMNS, iter(()))

        self.assertEqual(self._stored(), [])

    def test_an_error_of_the_rows_is_told_as_it_is(self):
        def rows():
            yield from (("line", number) for number in range(2 * CHUNK))
            raise ArithmeticError("row 401")

        with (
            self.assertRaisesRegex(ArithmeticError, "row 401"),
            self.env.cr.savepoint(),
        ):
            bulk_copy(self.notes, COLUMNS, rows())

        self.assertEqual(self._stored(), [], "nothing is half-written")

    def test_ids_are_one_word(self):
        for ids in ([], [7], range(40_000)):
            with self.subTest(ids=ids):
                [(found,)] = self.env.execute_query(SQL("SELECT %s", id_array(ids)))
                self.assertEqual(found, list(ids))
