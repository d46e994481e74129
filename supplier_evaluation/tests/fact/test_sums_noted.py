"""Whatever changes what a figure is made of, and however, the figure follows."""

from dataclasses import replace
from datetime import date, datetime

from odoo.tests import tagged
from odoo.tools import SQL

from ...scoring import FactScope
from ..delivery.common import GoldenSetCommon
from . import sums

# What is changed by SQL that no ORM sees, each about the line L2 or its records.
BY_HAND = {
    "a move is done later": "UPDATE stock_move SET date = '2026-03-28'"
    " WHERE id = (SELECT MIN(id) FROM stock_move WHERE purchase_line_id = %(line)s)",
    "a move is of less": "UPDATE stock_move SET quantity = 1"
    " WHERE purchase_line_id = %(line)s",
    "a move is not done": "UPDATE stock_move SET state = 'assigned'"
    " WHERE purchase_line_id = %(line)s",
    "a move is of another line": "UPDATE stock_move SET purchase_line_id = %(other)s"
    " WHERE purchase_line_id = %(line)s",
    "a move went to the supplier": "UPDATE stock_move SET location_dest_id = ("
    "SELECT MIN(id) FROM stock_location WHERE usage = 'supplier')"
    " WHERE id = (SELECT MAX(id) FROM stock_move WHERE purchase_line_id = %(line)s)",
    "a move returns another": "UPDATE stock_move SET origin_returned_move_id = ("
    "SELECT MIN(id) FROM stock_move WHERE purchase_line_id = %(line)s)"
    " WHERE id = (SELECT MAX(id) FROM stock_move WHERE purchase_line_id = %(line)s)",
    "a move is gone": "DELETE FROM stock_move WHERE purchase_line_id = %(line)s",
    "a promise is moved": "UPDATE purchase_order_line"
    " SET date_promised = '2026-03-20 04:00:00' WHERE id = %(line)s",
    "a line is left out": "UPDATE purchase_order_line"
    " SET supplier_exclusion = 'manual' WHERE id = %(line)s",
    "a line is worth more": "UPDATE purchase_order_line"
    " SET price_subtotal = 9999 WHERE id = %(line)s",
    "a line is of more": "UPDATE purchase_order_line"
    " SET quantity_promised = 999 WHERE id = %(line)s",
    "a line is no goods": "UPDATE purchase_order_line"
    " SET is_downpayment = TRUE WHERE id = %(line)s",
    "an order is of another": "UPDATE purchase_order SET partner_id = %(stranger)s"
    " WHERE id = %(order)s",
    "an order has another rate": "UPDATE purchase_order SET currency_rate = 2"
    " WHERE id = %(order)s",
    "an order is acknowledged": "UPDATE purchase_order"
    " SET acknowledged = TRUE, acknowledged_on_receipt = FALSE,"
    " date_acknowledged = NULL WHERE id = %(order)s",
    "an order is cancelled": "UPDATE purchase_order SET state = 'cancel'"
    " WHERE id = %(open_order)s",
    "a contact has another company": "UPDATE res_partner"
    " SET commercial_partner_id = %(stranger)s WHERE id = %(supplier)s",
    "a product is a service": "UPDATE product_template SET type = 'service'"
    " WHERE id = %(template)s",
    "a unit is another": "UPDATE uom_uom SET factor = factor * 2 WHERE id = %(dozen)s",
    "the company has other days": "UPDATE res_partner SET tz = 'America/New_York'"
    " WHERE id = %(company_partner)s",
    "a place is another": "UPDATE stock_location SET usage = 'supplier'"
    " WHERE id = (SELECT MAX(location_dest_id) FROM stock_move"
    " WHERE purchase_line_id = %(line)s)",
    "a return has a reason": "UPDATE stock_picking SET supplier_return_reason = 'ours'"
    " WHERE id = (SELECT MAX(picking_id) FROM stock_move"
    " WHERE purchase_line_id = %(returned)s)",
    "a return is undone": "UPDATE stock_move SET state = 'cancel'"
    " WHERE purchase_line_id = %(returned)s AND origin_returned_move_id IS NOT NULL",
    "an order is gone": "DELETE FROM purchase_order WHERE id = %(open_order)s",
    "a promise was changed later": "UPDATE supplier_promise_change"
    " SET date = '2026-03-30' WHERE line_id = %(rebased)s",
}
MODELS = (
    "supplier.delivery.fact",
    "supplier.price.fact",
    "supplier.receipt.fact",
)


@tagged("post_install", "-at_install")
class TestSumsNoted(GoldenSetCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        sums.build(cls.env)
        cls.changes = cls.env["supplier.fact.change"]
        cls.scope = FactScope(
            cls.company.id,
            date(2026, 3, 1),
            date(2026, 3, 31),
            datetime(2026, 4, 4, 16),
            "Asia/Shanghai",
        )

    def setUp(self):
        super().setUp()
        line = self.lines["L2"]
        self.ids = {
            "line": line.id,
            "other": self.lines["L3"].id,
            "returned": self.lines["L7"].id,
            "rebased": self.lines["L14"].id,
            "order": line.order_id.id,
            "open_order": self.lines["L3"].order_id.id,
            "stranger": self.company.partner_id.id,
            "supplier": self.supplier.id,
            "template": self.product.product_tmpl_id.id,
            "dozen": self.uom_dozen.id,
            "company_partner": self.company.partner_id.id,
        }

    def _scopes(self):
        """As evaluations ask, in March and after it, and as an analysis does."""
        yield replace(self.scope, late_days=1, with_excluded=True)
        yield replace(self.scope, cutoff=datetime(2026, 3, 25))
        yield None

    def _rows(self, rows):
        questions = [(scope, None) for scope in self._scopes()]
        # Who opens the records behind a figure asks for those of one supplier.
        questions.append((self.scope, self.supplier))
        return {
            (model, *question): rows(self.env, model, *question)
            for model in MODELS
            for question in questions
        }

    def _assert_same(self, live):
        """What sums say is what the live query said."""
        for question, got in self._rows(sums.rows).items():
            found = sums.differing(question[0], live[question], got)
            self.assertEqual(found, [], question)

    def test_nothing_is_live_that_did_not_change(self):
        pending = self.changes._pending()
        self.assertEqual((pending.orders, pending.moves), ([], []))
        self._assert_same(self._rows(sums.live_rows))

    def test_by_hand(self):
        before = self._rows(sums.live_rows)
        for what, statement in BY_HAND.items():
            with self.subTest(what), self.env.cr.savepoint() as savepoint:
                self.env.cr.execute(SQL(statement, **self.ids))
                self.env.invalidate_all()
                self.assertTrue(self.changes.search_count([]), "Nobody noted it")
                live = self._rows(sums.live_rows)
                self.assertNotEqual(before, live, "It changes no figure")
                self._assert_same(live)
                self.changes._catch_up()
                self._assert_same(live)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_only_what_changed_is_live(self):
        self.env.cr.execute(SQL(BY_HAND["a line is worth more"], **self.ids))
        pending = self.changes._pending()
        self.assertEqual(pending.orders, [self.ids["order"]])

    def test_what_changes_no_figure_is_not_noted(self):
        self.env.cr.execute("UPDATE stock_move SET reference = 'x'")
        self.env.cr.execute("UPDATE purchase_order_line SET name = 'x'")
        self.env.cr.execute("UPDATE purchase_order SET note = 'x'")
        self.env.cr.execute("UPDATE res_partner SET comment = 'x'")
        self.env.cr.execute("UPDATE stock_picking SET note = 'x'")
        self.assertFalse(self.changes.search([]))
