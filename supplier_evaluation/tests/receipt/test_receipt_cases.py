from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged

from ..fact.common import CatalogueCommon
from .kits import KitBuilders


@tagged("post_install", "-at_install")
class TestReceiptCases(CatalogueCommon):
    """Receipts, returns and defects one by one, from real transfers."""

    def _facts(self, **scope):
        self.env.flush_all()
        facts = self.env["supplier.receipt.fact"]._with_fact_scope(self._scope(**scope))
        return facts.search([("partner_id", "=", self.supplier.id)])

    def _scrap(self, picking, quantity, when="2026-03-11", product=None):
        with freeze_time(f"{when} 04:00:00"):
            scrap = self.env["stock.scrap"].create(
                {
                    "product_id": (product or self.product).id,
                    "product_uom_id": (product or self.product).uom_id.id,
                    "scrap_qty": quantity,
                    "picking_id": picking.id,
                    "company_id": self.company.id,
                    "location_id": picking.location_dest_id.id,
                }
            )
            scrap.do_scrap()
        self.assertEqual(scrap.state, "done")
        return scrap

    def test_partial_receipts_are_rows_of_their_own(self):
        line = self._order(100, 10, "2026-03-10")
        self._receive(line, "2026-03-10", 60)
        self._receive(line, "2026-03-13", 40)
        facts = self._facts()
        self.assertEqual(sorted(facts.mapped("quantity_received")), [40, 60])
        self.assertEqual(sum(facts.mapped("value_received")), 1000)
        self.assertEqual(set(facts.mapped("res_model")), {"stock.picking"})

    def test_undone_return_is_none(self):
        line = self._order(10, 5, "2026-03-10")
        receipt = self._receive(line, "2026-03-10")
        back = self._return(receipt, "2026-03-12", 10)
        self.assertAlmostEqual(self._value("return_rate"), 100)
        self.assertEqual(self._value("lot_acceptance"), 0)
        self._return(back, "2026-03-14", 4)
        self.assertAlmostEqual(self._value("return_rate"), 60)
        self.assertAlmostEqual(self._value("defect_ppm"), 600000)
        self._return(back, "2026-03-15", 6)
        self.assertEqual(self._value("return_rate"), 0)
        self.assertEqual(self._value("lot_acceptance"), 100)
        self.assertEqual(len(self._facts()), 2)

    def test_what_went_back_twice_is_defective(self):
        line = self._order(10, 5, "2026-03-10")
        back = self._return(self._receive(line, "2026-03-10"), "2026-03-12", 10)
        undone = self._return(back, "2026-03-14", 10)
        self.assertEqual(self._value("defect_ppm"), 0)
        self._return(undone, "2026-03-16", 4)
        self.assertAlmostEqual(self._value("defect_ppm"), 400000)
        self.assertAlmostEqual(self._value("return_rate"), 40)

    def test_return_of_an_earlier_period_s_receipt(self):
        """It counts when it happens; a month without a receipt has no rate."""
        line = self._order(10, 5, "2026-02-10", confirmed="2026-02-01")
        receipt = self._receive(line, "2026-02-10")
        self._return(receipt, "2026-03-12", 5)
        self.assertIsNone(self._value("return_rate"))
        self._receive(self._order(10, 5, "2026-03-10"), "2026-03-10")
        self.assertAlmostEqual(self._value("return_rate"), 50)
        self.assertEqual(self._value("defect_ppm"), 0)

    def test_return_after_the_cutoff_is_not_known(self):
        line = self._order(10, 5, "2026-03-10")
        receipt = self._receive(line, "2026-03-10")
        self._return(receipt, "2026-04-10", 5)
        self.assertEqual(self._value("defect_ppm"), 0)
        self.assertEqual(self._value("lot_acceptance"), 100)

    def test_exchange_is_a_receipt(self):
        """What replaces returned goods is looked at like any other receipt."""
        line = self._order(10, 5, "2026-03-10")
        receipt = self._receive(line, "2026-03-10")
        with freeze_time("2026-03-12 04:00:00"):
            wizard = (
                self.env["stock.return.picking"]
                .with_context(active_id=receipt.id, active_model="stock.picking")
                .create({})
            )
            wizard.product_return_moves.quantity = 10
            wizard.action_create_exchanges()
        for picking in line.order_id.picking_ids.filtered(lambda p: p.state != "done"):
            with freeze_time("2026-03-13 04:00:00"):
                picking.move_ids.write({"quantity": 10, "picked": True})
                picking.with_context(skip_backorder=True).button_validate()
        self.assertEqual(
            sorted(self._facts().mapped("kind")), ["receipt", "receipt", "return"]
        )
        self.assertAlmostEqual(self._value("return_rate"), 50)
        self.assertAlmostEqual(self._value("lot_acceptance"), 50)

    def test_scrap_at_the_receipt_is_defective(self):
        line = self._order(10, 5, "2026-03-10")
        receipt = self._receive(line, "2026-03-10")
        self._scrap(receipt, 2)
        self.assertAlmostEqual(self._value("defect_ppm"), 200000)
        self.assertEqual(self._value("return_rate"), 0)

    def test_scrap_is_no_receipt_when_more_is_ordered(self):
        """Odoo gives it the order line, and takes 14 for received."""
        line = self._order(10, 5, "2026-03-20")
        receipt = self._receive(line, "2026-03-10")
        scrap = self._scrap(receipt, 4)
        with freeze_time("2026-03-12 04:00:00"):
            line.product_qty = 14
        self.assertEqual(scrap.move_ids.purchase_line_id, line)
        fact = self._fact(line)
        self.assertEqual((fact.quantity_ordered, fact.quantity_received), (14, 10))
        self.assertEqual(self._facts().mapped("quantity_received"), [10])
        self.assertAlmostEqual(self._value("defect_ppm"), 400000)
        incident = self._incident("Rust", purchase_line_id=line.id, quantity=5)
        self.assertEqual(incident.move_id, receipt.move_ids - scrap.move_ids)
        self.assertAlmostEqual(self._value("defect_ppm"), 500000)
        with freeze_time("2026-03-13 04:00:00"):
            line.product_qty = 8
        self.assertEqual(line.quantity_promised, 10)

    def test_copy_of_a_receipt_that_was_made_a_transfer(self):
        """Somebody copies a receipt to put its goods away: nothing came by that."""
        line = self._order(10, 5, "2026-03-20")
        receipt = self._receive(line, "2026-03-10", 6, backorder=False)
        warehouse = receipt.picking_type_id.warehouse_id
        copy = receipt.copy()
        copy.picking_type_id = warehouse.int_type_id
        copy.location_id = copy.move_ids.location_id = warehouse.lot_stock_id
        copy.location_dest_id = copy.move_ids.location_dest_id = self.env[
            "stock.location"
        ].create({"name": "Shelf", "location_id": warehouse.lot_stock_id.id})
        copy.move_ids.product_uom_qty = 4
        with freeze_time("2026-03-11 04:00:00"):
            copy.action_confirm()
            self._validate(copy)
        self.assertEqual((copy.state, line.qty_received), ("done", 10))
        self.assertEqual(self._fact(line).quantity_received, 6)
        self.assertEqual(self._facts().mapped("quantity_received"), [6])

    def test_scrapped_and_returned_units_are_different_ones(self):
        line = self._order(10, 5, "2026-03-10")
        receipt = self._receive(line, "2026-03-10")
        self._return(receipt, "2026-03-11", 3)
        self._scrap(receipt, 2, when="2026-03-12")
        self.assertAlmostEqual(self._value("defect_ppm"), 500000)
        self._incident("Rust", purchase_line_id=line.id, quantity=4)
        self.assertAlmostEqual(self._value("defect_ppm"), 500000)
        self._incident("More rust", purchase_line_id=line.id, quantity=3)
        self.assertAlmostEqual(self._value("defect_ppm"), 700000)

    def test_scrap_of_two_lines_in_one_transfer(self):
        """Odoo does not say of which line: each has its part."""
        line = self._order(10, 5, "2026-03-10")
        order = line.order_id
        order.write(
            {
                "order_line": [
                    Command.create(
                        {
                            "product_id": self.product.id,
                            "product_qty": 30,
                            "price_unit": 5,
                            "date_planned": "2026-03-10 04:00:00",
                            "tax_ids": [Command.clear()],
                        }
                    )
                ]
            }
        )
        picking = order.picking_ids
        with freeze_time("2026-03-10 04:00:00"):
            for move in picking.move_ids:
                move.write({"quantity": move.product_uom_qty, "picked": True})
            picking.button_validate()
        self._scrap(picking, 4)
        shares = self._facts().mapped("defective_share")
        self.assertEqual(sum(self._facts().mapped("quantity_defective")), 4)
        for share in shares:
            self.assertAlmostEqual(share, 0.1)

    def test_never_more_defective_than_received(self):
        line = self._order(10, 5, "2026-03-10")
        self._receive(line, "2026-03-10")
        for title in ("Rust", "Dents"):
            self._incident(title, purchase_line_id=line.id, quantity=8)
        self.assertAlmostEqual(self._value("defect_ppm"), 1e6)

    def test_dozens(self):
        line = self._order(2, 120, "2026-03-10", uom=self.uom_dozen)
        receipt = self._receive(line, "2026-03-10")
        self._return(receipt, "2026-03-12", 12)
        self.assertAlmostEqual(self._value("return_rate"), 50)
        fact = self._facts().filtered(lambda fact: fact.kind == "receipt")
        self.assertEqual((fact.quantity_received, fact.value_received), (24, 240))

    def test_foreign_currency_and_discount(self):
        euro = self._euros({"2026-01-01": 0.5})
        line = self._order(10, 5, "2026-03-10", currency_id=euro.id)
        line.discount = 10
        self._receive(line, "2026-03-10")
        self.assertAlmostEqual(self._facts().value_received, 90)

    def test_free_goods_are_averaged_equally(self):
        line = self._order(10, 0, "2026-03-10")
        receipt = self._receive(line, "2026-03-10")
        self._return(receipt, "2026-03-12", 5)
        self.assertIsNone(self._value("return_rate"))
        self.assertAlmostEqual(self._value("defect_ppm"), 500000)

    def test_waived_line(self):
        line = self._order(10, 5, "2026-03-10")
        receipt = self._receive(line, "2026-03-10")
        self._return(receipt, "2026-03-12", 5)
        line._set_supplier_exclusion("responsibility", "Our drawing was wrong")
        self.assertIsNone(self._value("return_rate"))
        self.assertEqual(set(self._facts().mapped("exclusion")), {"responsibility"})

    def test_waived_incident(self):
        self._receive(self._order(10, 5, "2026-03-10"), "2026-03-10")
        incident = self._incident("Rust")
        self.assertAlmostEqual(self._value("complaint_rate"), 100)
        incident._set_supplier_exclusion("manual", "Settled")
        self.assertEqual(self._value("complaint_rate"), 0)

    def test_complaint_without_a_receipt_has_no_rate(self):
        self._incident("Rust")
        self.assertIsNone(self._value("complaint_rate"))

    def test_archived_supplier_and_other_company(self):
        other = self._create_company("Elsewhere", "UTC", "USD")
        line = self._order(10, 5, "2026-03-10")
        self._return(self._receive(line, "2026-03-10"), "2026-03-11", 5)
        elsewhere = self._order(10, 5, "2026-03-10", company=other)
        self._receive(elsewhere, "2026-03-10")
        self.supplier.active = False
        self.assertAlmostEqual(self._value("return_rate"), 50)

    def test_day_in_the_company_s_time_zone(self):
        self._receive(self._order(10, 5, "2026-03-10"), "2026-02-28 16:30:00")
        self.assertEqual(str(self._facts().date), "2026-03-01")
        self._receive(self._order(10, 5, "2026-03-10"), "2026-03-31 16:30:00")
        self.assertEqual(len(self._facts()), 1)

    def _import_returned(self, date_returned, *receipts):
        """Import a line of 10 of which 6 went back."""
        return self.env["supplier.history.line"].create(
            {
                "company_id": self.company.id,
                "partner_id": self.supplier.id,
                "order_ref": "OLD",
                "line_ref": "1",
                "quantity_ordered": 10,
                "price_unit": 3,
                "currency_id": self.company.currency_id.id,
                "date_promised": "2026-03-10",
                "quantity_returned": 6,
                "date_returned": date_returned,
                "receipt_ids": [Command.create(receipt) for receipt in receipts],
            }
        )

    def test_imported_history(self):
        """6 of 10 went back; a file does not say of which receipt: of the first."""
        self._import_returned(
            "2026-03-20",
            {"date": "2026-03-12", "quantity": 6},
            {"date": "2026-03-10", "quantity": 4, "receipt_ref": "2"},
        )
        facts = self._facts().sorted("date")
        self.assertEqual(facts.mapped("kind"), ["receipt", "receipt", "return"])
        self.assertEqual(facts.mapped("quantity_defective"), [4, 2, 0])
        self.assertAlmostEqual(self._value("return_rate"), 60)
        self.assertAlmostEqual(self._value("lot_acceptance"), 0)
        self.assertEqual(facts[0].action_open_document()["res_id"], facts[0].res_id)

    def test_imported_return_on_the_day_of_a_midnight_cutoff(self):
        """The cut-off of the set is the midnight with which 5 April begins."""
        line = self._import_returned(
            "2026-04-05", {"date": "2026-03-10", "quantity": 10}
        )
        self.assertEqual(self._value("defect_ppm"), 0)
        line.date_returned = "2026-04-04"
        self.assertAlmostEqual(self._value("defect_ppm"), 600000)

    def test_incident_about_an_order_of_several_lines(self):
        """The product tells which line is meant."""
        line = self._order(10, 5, "2026-03-10")
        self._receive(line, "2026-03-10")
        other = self._create_product("Nut")
        line.copy({"order_id": line.order_id.id, "product_id": other.id})
        self._incident(
            "Rust", order_id=line.order_id.id, product_id=self.product.id, quantity=5
        )
        self.assertAlmostEqual(self._value("defect_ppm"), 500000)

    def test_complaint_by_mail_counts_once_it_is_taken_up(self):
        """Anybody can write under the name of a supplier's contact."""
        self._receive(self._order(10, 5, "2026-03-10"), "2026-03-10")
        incident = self._incident("From outside", reporter_id=False)
        self.assertEqual(self._value("complaint_rate"), 0)
        self.assertIsNone(self._value("resolution_rate"))
        incident.action_start()
        self.assertAlmostEqual(self._value("complaint_rate"), 100)
        self.assertEqual(self._value("resolution_rate"), 0)

    def test_leave_out_names_the_order_line(self):
        line = self._order(10, 5, "2026-03-10")
        self._receive(line, "2026-03-10")
        self._incident("Rust", purchase_line_id=line.id, quantity=1)
        targets = self._facts().action_leave_out()["context"]["default_targets"]
        self.assertEqual(targets["purchase.order.line"], line.ids)
        self.assertEqual(len(targets["supplier.incident"]), 1)


@tagged("post_install", "-at_install")
class TestKitQuality(KitBuilders, CatalogueCommon):
    """A component of a kit has its part of the kit's value."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_bicycle_kit()

    def test_component_goes_back(self):
        line = self._order(10, 100, "2026-03-10", product=self.kit)
        picking = self._receive(line, "2026-03-10")
        self.env.flush_all()
        facts = self.env["supplier.receipt.fact"]._with_fact_scope(self._scope())
        values = {
            fact.product_id: fact.value_received
            for fact in facts.search([("partner_id", "=", self.supplier.id)])
        }
        self.assertEqual(values, {self.frame: 500, self.wheel: 500})
        self._give_back(picking, "2026-03-12", {self.wheel: 4})
        self.assertAlmostEqual(self._value("return_rate"), 10)
