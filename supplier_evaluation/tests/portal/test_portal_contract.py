from odoo.exceptions import MissingError
from odoo.tests import HttpCase, tagged

from .common import PDF, PortalCommon


@tagged("post_install", "-at_install")
class TestPortalContract(PortalCommon, HttpCase):
    """A supplier reads its contracts and their files, and nothing beside them."""

    browser_size = "390x844"
    touch_enabled = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.term = cls.env.ref("account.account_payment_term_30days")
        cls.contract = cls._contract_of(
            cls.supplier, payment_term_id=cls.term.id, sharing="Half and half"
        )
        cls.theirs = cls._contract_of(cls.rival)
        cls.hidden = cls._contract_of(cls.supplier, is_in_portal=False)
        cls.env.flush_all()

    def test_page(self):
        page = self._page(f"/my/supplier/contract/{self.contract.id}").text
        for text in (
            "Bolt",
            "12.50 USD",
            self.term.name,
            "Half and half",
            "signed.pdf",
        ):
            self.assertIn(text, page)
        self.assertIn(self.contract.name, page)

    def test_what_is_ours_is_not_shown(self):
        values = self._door("ours")._contract(self.contract.sudo())
        shown = {*values, *values["lines"][0]}
        self.assertFalse({"check_level", "price_tolerance", "reminder_days"} & shown)

    def test_files(self):
        attached = self.env["ir.attachment"].create(
            {
                "name": "costs.pdf",
                "raw": PDF,
                "res_model": "supplier.contract",
                "res_id": self.contract.id,
            }
        )
        door = self._door("ours")
        self.assertEqual(door._files(self.contract.sudo()), self.contract.file_ids)
        page = self._page(f"/my/supplier/file/{self.contract.file_ids.id}")
        self.assertEqual((page.status_code, page.content), (200, PDF))
        for file in (attached, self.theirs.file_ids, self.hidden.file_ids):
            with self.assertRaises(MissingError):
                door._get_file(file.id)
            page = self._page(f"/my/supplier/file/{file.id}")
            self.assertEqual(page.status_code, 404)

    def test_unshared_again(self):
        self.contract.is_in_portal = False
        with self.assertRaises(MissingError):
            self._door("ours")._get("supplier.contract", self.contract.id)

    def test_on_the_phone(self):
        self.start_tour(
            "/my/supplier/contracts",
            "supplier_evaluation_portal_contract",
            login="portal_ours",
        )
