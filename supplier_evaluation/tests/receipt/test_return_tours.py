from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from ..common import BUYER
from .common import ReturnCommon


@tagged("post_install", "-at_install")
class TestReturnTours(ReturnCommon, HttpCase):
    """Goods go back for a reason, and the receipt counts as that says.

    The analysis shows the last three months, so its days are counted from today. Which
    months these are is said by the browser, whose days are those of UTC in a test: what
    goes back "now" is in one of them when the company has the same days.
    """

    browser_size = "1366x768"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.partner_id.tz = "UTC"
        cls._create_user(
            "return_buyer", f"{BUYER},stock.group_stock_user", tz="Asia/Shanghai"
        )
        today = fields.Date.today()
        ordered, came = (str(today - timedelta(days=ago)) for ago in (20, 10))
        line = cls._order(10, 5, came, confirmed=ordered)
        cls.receipt = cls._receive(line, came)

    def test_from_the_dialog_to_the_figure(self):
        self.start_tour(
            f"/odoo/receipts/{self.receipt.id}",
            "supplier_evaluation_return_reason",
            login="return_buyer",
        )
        [back] = self.receipt.return_ids
        self.assertEqual(back.state, "done")
        self.assertEqual(back.move_ids.quantity, 4)
        self.assertEqual(back.supplier_return_reason, "wrong")

    def test_change_in_the_analysis(self):
        back = self._return(
            self.receipt,
            str(fields.Date.today() - timedelta(days=5)),
            4,
            reason="wrong",
        )
        self.start_tour(
            "/odoo/supplier-quality",
            "supplier_evaluation_return_reason_change",
            login="return_buyer",
        )
        self.assertEqual(back.supplier_return_reason, "ours")
