"""What sums of returns follow: each once went unnoticed."""

from datetime import datetime

from odoo import Command
from odoo.tests import tagged
from odoo.tools import SQL

from ..fact import sums
from .common import ReturnCommon
from .kits import KitBuilders

FACTS = ("supplier.delivery.fact", "supplier.price.fact", "supplier.receipt.fact")


@tagged("post_install", "-at_install")
class TestReturnSumsKept(KitBuilders, ReturnCommon):
    """Whatever leads to a return, or away from it, the sums follow."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.changes = cls.env["supplier.fact.change"]
        cls.stranger = cls._create_supplier("Stranger")
        cls.other_company = cls._create_company("Other", "Asia/Shanghai", "USD")

    def _live(self):
        """Return what the live query says of what is known then and now."""
        scopes = [
            self._scope(with_excluded=True, cutoff=cutoff)
            for cutoff in (datetime(2026, 3, 20, 16), datetime(2026, 4, 4, 16))
        ]
        questions = [(model, scope) for scope in (*scopes, None) for model in FACTS]
        return [(each, sums.live_rows(self.env, *each)) for each in questions]

    def _assert_says(self, live):
        for (model, scope), expected in live:
            got = sums.rows(self.env, model, scope)
            self.assertEqual(sums.differing(model, expected, got), [], scope)

    def _assert_same(self):
        """What sums say is what the live query says."""
        self._assert_says(self._live())

    def _assert_follows(self, change, *, anew=False):
        """Both before and after the sums are brought up to date, or are made anew."""
        sums.build(self.env)
        self._assert_same()
        change()
        live = self._live()
        with self.subTest("noted"):
            self._assert_says(live)
        self.assertIs(self.changes._catch_up(), not anew)
        while anew and self.changes._build_next():
            pass
        with self.subTest("summed up"):
            self._assert_says(live)

    def _sql(self, statement, **ids):
        self.env.flush_all()
        self.env.cr.execute(SQL(statement, **ids))
        self.env.invalidate_all()

    def _count_in_dozens(self, product):
        self._sql(
            "UPDATE product_template SET uom_id = %(dozen)s WHERE id = %(product)s",
            dozen=self.uom_dozen.id,
            product=product.product_tmpl_id.id,
        )

    # ------------------------------------------------------------
    # Returns of no order
    # ------------------------------------------------------------

    def test_a_contact_that_got_goods_has_another_company(self):
        contact = self._create_contact("Depot")
        self._received()
        self._by_hand("2026-03-20", 4, self.vendors, partner_id=contact.id)
        self._assert_follows(lambda: contact.write({"parent_id": self.stranger.id}))

    def test_the_company_of_a_contact_that_got_goods_is_merged(self):
        contact = self._create_contact("Depot", parent_id=self.stranger.id)
        self._received()
        self._by_hand("2026-03-20", 4, self.vendors, partner_id=contact.id)
        merging = self.env["base.partner.merge.automatic.wizard"].create({})
        both = (self.stranger | self.supplier).ids
        self._assert_follows(
            lambda: merging._merge(both, self.supplier, extra_checks=False)
        )

    def test_a_product_of_no_order_is_counted_in_dozens(self):
        nut = self._create_product("Nut")
        self._by_hand("2026-03-20", 4, self.vendors, product=nut)
        self._assert_follows(lambda: self._count_in_dozens(nut))

    def test_a_company_without_orders_has_other_days(self):
        company = self.other_company
        self.env.user.company_ids |= company
        own = [("company_id", "=", company.id)]
        warehouse = self.env["stock.warehouse"].search(own)
        places = {
            "location_id": warehouse.lot_stock_id.id,
            "location_dest_id": self.vendors.id,
        }
        moved = {
            "product_id": self.product.id,
            "product_uom_qty": 2,
            "product_uom": self.uom_unit.id,
        }
        picking = (
            self.env["stock.picking"]
            .with_company(company)
            .create(
                {
                    **places,
                    "partner_id": self.supplier.id,
                    "picking_type_id": warehouse.out_type_id.id,
                    "move_ids": [Command.create({**places, **moved})],
                }
            )
        )
        self._do(picking, "2026-03-20")
        self._assert_follows(
            lambda: company.partner_id.write({"tz": "Pacific/Honolulu"}), anew=True
        )

    # ------------------------------------------------------------
    # Returns of orders
    # ------------------------------------------------------------

    def test_a_returned_line_is_of_another_order(self):
        """What led from the return to the order of before leads to the new one."""
        receipt = self._received()
        back = self._return(receipt, "2026-03-14", 4)
        self._return(back, "2026-03-22", 1, to=self.stock)
        other = self._order(1, 5, "2026-03-10").order_id
        line = receipt.move_ids.purchase_line_id
        self._assert_follows(lambda: line.write({"order_id": other.id}))
        # Also when the new order is made anew by itself.
        other.currency_rate = 3
        self._assert_same()

    def test_a_return_is_of_another_company(self):
        """It is none of the order's, whoever asks."""
        back = self._return(self._received(), "2026-03-20", 4)
        self._assert_follows(
            lambda: self._sql(
                "UPDATE stock_move SET company_id = %(company)s WHERE id = %(move)s",
                company=self.other_company.id,
                move=back.move_ids.id,
            )
        )

    def test_an_order_that_a_delivery_names_is_of_another_company(self):
        line = self._order(10, 5, "2026-03-10")
        self._receive(line, "2026-03-10")
        order = line.order_id
        statement = "UPDATE purchase_order SET company_id = %(to)s WHERE id = %(order)s"
        self._sql(statement, to=self.other_company.id, order=order.id)
        self._by_hand("2026-03-20", 4, self.customers, order.name)
        self._assert_follows(
            lambda: self._sql(statement, to=self.company.id, order=order.id)
        )

    # ------------------------------------------------------------
    # Receipts
    # ------------------------------------------------------------

    def test_a_component_is_counted_in_dozens(self):
        self._create_bicycle_kit()
        line = self._order(5, 100, "2026-03-10", product=self.kit)
        self._receive_parts(line, "2026-03-10", {self.frame: 3, self.wheel: 4})
        self._assert_follows(lambda: self._count_in_dozens(self.wheel))

    def _share_scrap(self):
        """Two orders came with one transfer, at which some was scrapped."""
        one, two = self._received(), self._received()
        move = two.move_ids
        scrap = self.env["stock.scrap"].create(
            {
                "picking_id": one.id,
                "product_id": self.product.id,
                "scrap_qty": 4,
                "location_id": self.stock.id,
                "company_id": self.company.id,
            }
        )
        scrap.do_scrap()
        scrap.move_ids.date = "2026-03-11 04:00:00"
        move.picking_id = one
        return move, two

    def test_a_receipt_that_shared_scrap_is_gone(self):
        move, _picking = self._share_scrap()
        self._assert_follows(
            lambda: self._sql(
                "DELETE FROM stock_move WHERE id = %(move)s", move=move.id
            )
        )

    def test_a_receipt_that_shared_scrap_is_of_another_transfer(self):
        move, picking = self._share_scrap()
        self._assert_follows(lambda: move.write({"picking_id": picking.id}))

    def test_an_incident_of_a_receipt_alone_is_no_difference(self):
        """By night nothing differs of which no figure is wrong."""
        receipt = self._received()
        order = receipt.purchase_id
        self._add_line(order, self._create_product("Nut"))
        self._do(self._waiting(), "2026-03-12")
        self._assert_follows(
            lambda: self._incident(
                "Rust",
                "2026-03-20",
                picking_id=receipt.id,
                product_id=self.product.id,
                order_id=False,
                quantity=3,
            )
        )
        self.assertEqual(self.changes._differing(order.ids), set())
