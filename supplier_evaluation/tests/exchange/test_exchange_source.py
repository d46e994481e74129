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

    def test_the_server_takes_as_whoever_is_responsible(self):
        """It may do anything itself; a system touches no supplier of others."""
        hidden = self.env["res.partner"].create(
            {
                "name": "Hidden Ltd",
                "is_company": True,
                "company_id": self.other_company.id,
            }
        )
        rows = {number: (hidden.id, "") for number in ("1", "2")}
        identities = self.env["supplier.exchange.identity"]
        identities._keep(self.erp, "supplier", "res.partner", rows)
        signal = {"kind": "risk_signal", "id": "s1", "supplier": "2", "type": "news"}
        records = [
            self._supplier("1", "Renamed Ltd"),
            {**signal, "date": "2026-03-01", "title": "Moved"},
        ]
        for user in (self.env.user, self.manager):
            messages = self._as(self.env["supplier.exchange.message"], user)
            source = self._as(self.erp, user)
            message = messages.take(source, self._message(*records))
            results = message.sudo().result_ids.sorted("number")
            self.assertNotEqual(self._partner(results[0]), hidden)
            self.assertEqual(results[1].state, "refused")
            self.assertEqual(hidden.name, "Hidden Ltd")
        self.assertEqual(self._partner(results[0]).create_uid, self.manager)

    def test_somebody_has_to_be_responsible(self):
        bot = self.env.user
        for vals in ({"user_id": bot.id}, {"user_id": self.manager.id}):
            self.erp.write(vals)
            self.manager.active = vals["user_id"] == bot.id
            with self.assertRefused("Nobody who works in Exchange Works"):
                self.env["supplier.exchange.message"].take(
                    self.erp, self._message(self._supplier("1", "Bolt Ltd"))
                )
