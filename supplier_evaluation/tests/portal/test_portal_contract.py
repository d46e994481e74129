from freezegun import freeze_time

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

    def test_days_are_those_of_the_company(self):
        """In Shanghai it is December, wherever the supplier is."""
        ended = self._contract_of(self.supplier, date_to="2026-11-30")
        over = self._demand_of(self.supplier, month="2026-11-01")
        for hour, shown in (("15:00", True), ("17:00", False)):
            with self.subTest(hour=hour), freeze_time(f"2026-11-30 {hour}:00"):
                door = self._door("ours")
                contracts = door._find("supplier.contract")
                self.assertEqual(ended in contracts, shown)
                self.assertEqual(over in door._find("supplier.demand"), shown)
                self.assertIn(self.contract, contracts)

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

    def test_mail_when_it_is_shared(self):
        """Once it can be read, in the language of who reads; not before, not again."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.people["ours"].lang = "zh_CN"
        own = self._contract_of(self.supplier, state="draft", title="Nuts")
        self.assertFalse(self._mails(own))
        own.sudo()._write_guarded({"state": "in_force"})
        [mail] = self._mails(own)
        self.assertEqual(mail.recipient_ids, self.people["ours"].partner_id)
        self.assertIn(f"/my/supplier/contract/{own.id}", mail.body_html)
        chinese = self.env["ir.qweb"].with_context(lang="zh_CN").env
        self.assertEqual(mail.subject, chinese._("Your contract: %s", own.display_name))
        own.is_in_portal = True
        self.assertEqual(self._mails(own), mail)
        self.assertFalse(self._mails(self.hidden))
        manager = self._as(self.hidden, "manager")
        manager.is_in_portal = True
        self.assertEqual(
            self._mails(self.hidden).recipient_ids, self.people["ours"].partner_id
        )
