from odoo.tests import tagged

from .common import ExchangeCommon


@tagged("post_install", "-at_install")
class TestExchangeSource(ExchangeCommon):
    """Of several systems, and of people, the one that goes first is believed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner = cls.env["res.partner"].create(
            {"name": "Bolt Ltd", "is_company": True}
        )

    def _tell(self, source, **values):
        record = self._supplier(f"{source.code}-1", "Bolt Ltd", **values)
        return self._one(record, source=source)

    def test_higher_priority_stays(self):
        self._tell(self.erp, phone="1")
        result = self._tell(self.crm, phone="2", email="a@bolt.example")
        self.assertEqual(result.state, "updated")
        self.assertIn("ERP", result.note)
        self.assertEqual(self.partner.phone, "1")
        self.assertEqual(self.partner.email, "a@bolt.example")
        self._tell(self.erp, email="b@bolt.example")
        self.assertEqual(self.partner.email, "b@bolt.example")

    def test_of_equal_ones_the_later(self):
        self.crm.priority = self.erp.priority
        self._tell(self.erp, phone="1")
        self._tell(self.crm, phone="2")
        self.assertEqual(self.partner.phone, "2")

    def test_entries_by_hand_stay(self):
        self._tell(self.erp, phone="1", city="Ulm")
        self.partner.phone = "by hand"
        result = self._tell(self.erp, phone="2", city="Bonn")
        self.assertEqual(self.partner.phone, "by hand")
        self.assertEqual(self.partner.city, "Bonn")
        self.assertIn("by hand", result.note)
        self.erp.hand_wins = False
        self._tell(self.erp, phone="3")
        self.assertEqual(self.partner.phone, "3")

    def test_what_odoo_writes_otherwise_is_still_the_systems(self):
        self._tell(self.erp, website="bolt.example")
        self._tell(self.erp, website="www.bolt.example")
        self.assertIn("www.bolt.example", self.partner.website)

    def test_null_empties_and_silence_does_not(self):
        self._tell(self.erp, phone="1", city="Ulm")
        self._tell(self.erp, phone=None)
        self.assertFalse(self.partner.phone)
        self.assertEqual(self.partner.city, "Ulm")

    def test_identifiers_are_of_a_system(self):
        other = self._one(self._supplier("erp-1", "Nut Ltd"), source=self.crm)
        mine = self._tell(self.erp)
        self.assertNotEqual(other.res_id, mine.res_id)

    def test_a_record_does_not_go_to_another_supplier(self):
        self._take(
            self._supplier("1", "Bolt Ltd"),
            self._supplier("2", "Nut Ltd"),
            {"kind": "contact", "id": "c", "supplier": "1", "name": "Ann"},
        )
        result = self._one(
            {"kind": "contact", "id": "c", "supplier": "2", "name": "Ann"}
        )
        self.assertEqual(result.state, "refused")
        self.assertIn("Bolt Ltd", result.reason)

    def test_code(self):
        with self.assertRefused("no code"):
            self.erp.code = "Our ERP"
