from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from ..common import BUYER
from .common import CatalogueCommon

ANALYSES = (
    "deliveries",
    "quality",
    "prices",
    "savings",
    "bills",
    "payments",
    "correspondence",
    "incident-analysis",
    "document-analysis",
)


class FactToursCommon(CatalogueCommon, HttpCase):
    """An order of the last weeks, with all that can be analysed of it.

    The analyses show the last three months, so its days are counted from today.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_accounts()
        cls._order(100, 10, cls._day(140), confirmed=cls._day(150))
        cls.line = cls._order(100, 12, cls._day(20), confirmed=cls._day(30))
        cls.receipt = cls._receive(cls.line, cls._day(20))
        cls._return(cls.receipt, cls._day(18), 25)
        cls._incident(
            "Stripped threads",
            cls._day(17),
            picking_id=cls.receipt.id,
            move_id=cls.receipt.move_ids.id,
            product_id=cls.product.id,
            quantity=40,
        )
        bill = cls._bill(cls.line, 100, 12.5, cls._day(16))
        cls._pay(bill, cls._day(7))
        cls._ask(cls.line.order_id, f"{cls._day(25)} 04:00:00")
        cls._answer(cls.line.order_id, f"{cls._day(23)} 04:00:00")
        cls.env.ref(
            "supplier_evaluation.supplier_document_type_iso_9001"
        ).is_required = True
        cls._create_user("fact_buyer", BUYER)
        # Odoo 19.0 itself lets no one open a bill who may not read payments.
        cls._create_user(
            "fact_accountant",
            "purchase.group_purchase_user,account.group_account_readonly",
        )

    @classmethod
    def _day(cls, ago):
        return str(fields.Date.today() - timedelta(days=ago))


@tagged("post_install", "-at_install")
class TestFactTours(FactToursCommon):
    """A buyer goes from the menu through each analysis to the documents behind it."""

    browser_size = "1366x768"

    def test_analyses(self):
        self.start_tour("/odoo", "supplier_evaluation_analyses", login="fact_buyer")

    def test_bill(self):
        self.start_tour(
            "/odoo/supplier-bills",
            "supplier_evaluation_analysis_bill",
            login="fact_accountant",
        )


@tagged("post_install", "-at_install")
class TestFactToursOnPhone(FactToursCommon):
    """Each analysis opens as cards, and a card opens its document."""

    browser_size = "390x844"
    touch_enabled = True

    def test_cards(self):
        for path in ANALYSES:
            with self.subTest(path=path):
                self.start_tour(
                    f"/odoo/supplier-{path}",
                    "supplier_evaluation_analysis_cards",
                    login="fact_accountant",
                )
