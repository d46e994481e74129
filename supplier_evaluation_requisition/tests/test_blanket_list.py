from freezegun import freeze_time

from odoo.tests import tagged

from .common import TODAY, RequisitionCommon

MODEL = "supplier.saving.fact"


@tagged("post_install", "-at_install")
class TestBlanketList(RequisitionCommon):
    """What a blanket order agrees is no list price of other orders."""

    def _listed(self, order):
        self.env.flush_all()
        [fact] = self.env[MODEL].search(
            [
                ("company_id", "=", self.company.id),
                ("order_id", "=", order.id),
                ("reference", "=", "list"),
            ]
        )
        return fact.reference_price

    def test_only_of_its_own_orders(self):
        self.env["product.supplierinfo"].create(
            {
                "partner_id": self.supplier.id,
                "product_tmpl_id": self.product.product_tmpl_id.id,
                "company_id": self.company.id,
                "price": 10,
            }
        )
        blanket = self._blanket([(8, 100)])
        beside = self._request(self.supplier, 10)
        under = self._request(self.supplier, 8, requisition_id=blanket.id)
        with freeze_time(TODAY):
            (beside | under).button_confirm()
        self.assertEqual((self._listed(beside), self._listed(under)), (10, 8))
