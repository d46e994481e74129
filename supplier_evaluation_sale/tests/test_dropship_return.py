from odoo.tests import tagged

from odoo.addons.supplier_evaluation.tests.receipt.common import ReturnCommon


@tagged("post_install", "-at_install")
class TestDropshipReturn(ReturnCommon):
    """Goods that went from the vendor to a customer."""

    def _received(self, quantity=10, ordered=10, **vals):
        dropship = self.env["stock.picking.type"].search(
            [
                ("code", "=", "dropship"),
                ("company_id", "=", self.company.id),
                ("default_location_dest_id", "=", self.customers.id),
            ]
        )
        customer = self._create_supplier("Customer")
        receipt = super()._received(
            quantity,
            ordered,
            picking_type_id=dropship.id,
            dest_address_id=customer.id,
            **vals,
        )
        self.assertEqual(receipt.location_dest_id, self.customers)
        return receipt

    def test_from_the_customer_to_the_vendor(self):
        receipt = self._received()
        self.assertFigures(0, 0)
        back = self._return(receipt, "2026-03-12", 4)
        self.assertEqual(back.location_dest_id, self.vendors)
        self.assertFigures(40, 40)
        self._return(back, "2026-03-13", 4)
        self.assertFigures(0, 0)

    def test_by_way_of_our_stock(self):
        hop = self._return(self._received(), "2026-03-12", 4, to=self.stock)
        self.assertFigures(0, 0)
        self._return(hop, "2026-03-13", 4, to=self.vendors)
        self.assertFigures(40, 40)

    def test_sent_to_the_customer_again(self):
        """What we had from the customer and deliver again is no return."""
        hop = self._return(self._received(), "2026-03-12", 4, to=self.stock)
        self._return(hop, "2026-03-13", 4, to=self.customers)
        self.assertFigures(0, 0)

    def test_surplus(self):
        back = self._return(self._received(11), "2026-03-12", 1)
        self.assertEqual(back.supplier_return_reason, "surplus")
        self.assertFigures(100 / 11, 0)
