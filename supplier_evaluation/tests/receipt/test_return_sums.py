from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import SQL

from ...report.fact import catching_up
from ..fact import sums
from .common import ReturnCommon

FACTS = "supplier.receipt.fact"


@tagged("post_install", "-at_install")
class TestReturnSums(ReturnCommon):
    """Returns that no link leads to an order, where all sums are made at once."""

    def _assert_same(self):
        for scope in (self._scope(), self._scope(with_excluded=True), None):
            for partner in (None, self.supplier):
                found = sums.differences(self.env, FACTS, scope, partner)
                self.assertEqual(found, [], scope)

    def _assert_left_out(self, quantity):
        left_out = self._facts(with_excluded=True).filtered("exclusion")
        self.assertEqual(left_out.mapped("exclusion"), ["no_reference"])
        self.assertEqual(left_out.mapped("quantity_returned"), [quantity])

    def _build(self):
        """One order after the other, so that none brings what another did."""
        with patch.object(catching_up, "DOCUMENTS_AT_ONCE", 1):
            sums.build(self.env)

    def test_of_no_order(self):
        self._received()
        self._by_hand("2026-03-20", 4, self.vendors)
        self._build()
        self._assert_left_out(4)
        self._assert_same()
        self._by_hand("2026-03-21", 3, self.vendors, "P0")
        self._assert_same()
        self.assertTrue(self.env["supplier.fact.change"]._catch_up())
        self._assert_same()

    def test_of_one_of_two_orders(self):
        names = [self._received().purchase_id.name for _each in range(2)]
        self._by_hand("2026-03-20", 4, self.vendors, ", ".join(names))
        self._build()
        self._assert_left_out(4)
        self._assert_same()

    def test_of_one_of_two_orders_of_somebody_else(self):
        """Who is asked about got it; the orders that are named are another's."""
        stranger = self._create_supplier("Stranger")
        receipts = [self._received(partner=stranger) for _each in range(2)]
        self._received()
        names = [receipt.purchase_id.name for receipt in receipts]
        self._by_hand("2026-03-20", 4, self.vendors, ", ".join(names))
        self._build()
        self._assert_same()

    def test_of_an_order_of_two_companies(self):
        """What went back of an order is of its company, whoever is asked about."""
        other = self.env["res.company"].create({"name": "Other"})
        other.partner_id.tz = self.company.partner_id.tz
        receipts = [self._received() for _each in range(3)]
        backs = [self._return(receipt, "2026-03-12", 4) for receipt in receipts]
        orders = [receipt.purchase_id for receipt in receipts]
        self.env.flush_all()
        for table, which, ids in (
            ("purchase_order", "id", orders[0].ids),
            ("purchase_order_line", "order_id", orders[1].ids),
            ("stock_move", "picking_id", backs[2].ids),
        ):
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET company_id = %s WHERE %s = ANY(%s)",
                    SQL.identifier(table),
                    other.id,
                    SQL.identifier(which),
                    ids,
                )
            )
        self.env.invalidate_all()
        self._build()
        self._assert_same()
        for model in (FACTS, "supplier.delivery.fact"):
            scope = self._scope(company_id=other.id)
            self.assertEqual(sums.differences(self.env, model, scope), [])
        facts = self._facts().filtered(lambda fact: fact.kind == "return")
        self.assertEqual(facts.order_id, orders[1])

    def test_compared_by_night(self):
        """A return that may be of two orders is no difference."""
        names = [self._received().purchase_id.name for _each in range(2)]
        self._by_hand("2026-03-20", 4, self.vendors, ", ".join(names))
        self._build()
        orders = self.env["purchase.order"].search([("name", "in", names)])
        changes = self.env["supplier.fact.change"]
        self.assertEqual(changes._differing(orders.ids), set())
