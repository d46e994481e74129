import base64

from odoo.tests import HttpCase, tagged

from .common import ExchangeCommon


@tagged("post_install", "-at_install")
class TestExchangeTours(ExchangeCommon, HttpCase):
    browser_size = "1366x768"

    def test_manager_answers_a_question(self):
        """Finds it, chooses the supplier, and sees what became of the record."""
        first, _second = self.env["res.partner"].create(
            [
                {"name": "Tour Bolt", "is_company": True, "city": "Ulm"},
                {"name": "Tour Bolt", "is_company": True, "city": "Bonn"},
            ]
        )
        self._take(self._supplier("V-1", "Tour Bolt", phone="+49 731 1"))
        first.name = "Tour Bolt Ulm"
        self.start_tour(
            "/odoo/supplier-questions",
            "supplier_evaluation_exchange_question",
            login="exchange_manager",
        )
        self.assertEqual(first.phone, "+49 731 1")

    def test_manager_sees_a_message(self):
        dialog = self._dialog(b"kind,id,name\nsupplier,1,Bolt\nsupplier,2,\n")
        self.assertTrue(base64.b64decode(dialog.message_id.refused_file))
        self.start_tour(
            "/odoo/supplier-messages",
            "supplier_evaluation_exchange_message",
            login="exchange_manager",
        )
