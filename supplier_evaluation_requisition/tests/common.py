from freezegun import freeze_time

from odoo import Command

from odoo.addons.supplier_evaluation.tests.common import (
    APPROVER,
    BUYER,
    MANAGER,
    REVIEWER,
    SupplierEvaluationCommon,
)

NOON = "04:00:00"
TODAY = f"2026-05-01 {NOON}"
PEOPLE = {
    "buyer": BUYER,
    "colleague": BUYER,
    "approver": APPROVER,
    "manager": MANAGER,
    "reviewer": REVIEWER,
    "portal": "base.group_portal",
    "none": "base.group_user",
}


class RequisitionCommon(SupplierEvaluationCommon):
    """One supplier is cheap, but late every second time; another one never is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls._create_people("requisition", PEOPLE)
        alternatives = cls.env.ref("purchase_requisition.group_purchase_alternatives")
        cls.env.ref("base.group_user").implied_ids |= alternatives
        cls.rival = cls._create_supplier("Rival", supplier_rank=1)
        cls.unknown = cls._create_supplier("Unknown", supplier_rank=1)
        cls.supplier.supplier_rank = 1
        for number, late in enumerate([0, 4, 0, 6]):
            cls._delivery(cls.supplier, number, late)
        for number in range(4):
            cls._delivery(cls.rival, number, 0)

    @classmethod
    def _delivery(cls, partner, number, late, price=10):
        """Ten bolts, promised for a day of April, and so many days late."""
        line = cls._order(
            10, price, f"2026-04-{10 + number}", confirmed="2026-04-01", partner=partner
        )
        cls._receive(line, f"2026-04-{10 + number + late}")
        return line

    @classmethod
    def _request(cls, partner, price, quantity=10, origin=None, **vals):
        """A request for quotation of one line, an alternative to another one."""
        currency = vals.pop("currency", cls.company.currency_id)
        product = vals.pop("product", cls.product)
        orders = cls.env["purchase.order"].with_context(
            **({"origin_po_id": origin.id} if origin else {})
        )
        return orders.create(
            {
                "partner_id": partner.id,
                "company_id": cls.company.id,
                "currency_id": currency.id,
                "date_order": TODAY,
                "user_id": cls.people["buyer"].id,
                **vals,
                "order_line": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "name": product.name,
                            "product_uom_id": product.uom_id.id,
                            "product_qty": quantity,
                            "price_unit": price,
                            "date_planned": f"2026-06-01 {NOON}",
                            "tax_ids": [Command.clear()],
                        }
                    )
                ],
            }
        )

    @classmethod
    def _blanket(cls, lines=((10, 100),), confirmed=True, **vals):
        """A blanket order of the year 2026, of a buyer.

        :param lines: price and quantity, and other values where they are needed
        """
        blankets = cls._as(cls.env["purchase.requisition"], "buyer")
        blanket = blankets.create(
            {
                "vendor_id": cls.supplier.id,
                "company_id": cls.company.id,
                "currency_id": cls.company.currency_id.id,
                "date_start": "2026-01-01",
                "date_end": "2026-12-31",
                **vals,
                "line_ids": [
                    Command.create(
                        {
                            "product_id": cls.product.id,
                            "price_unit": price,
                            "product_qty": quantity,
                            **(more[0] if more else {}),
                        }
                    )
                    for price, quantity, *more in lines
                ],
            }
        )
        if confirmed:
            blanket.action_confirm()
        return blanket

    @classmethod
    def _contract_of(cls, blanket, approved=True):
        """The contract of a blanket order, as the buyer made it."""
        with freeze_time(f"2026-01-01 {NOON}"):
            action = cls._as(blanket, "buyer").action_make_supplier_contract()
            contract = cls._as(cls.env["supplier.contract"], "buyer")
            contract = contract.browse(action["res_id"])
            if approved:
                contract.action_submit()
                for user in ("approver", "manager"):
                    cls._as(contract, user).action_approve()
        cls.env.invalidate_all()
        return contract.with_env(cls.env)
