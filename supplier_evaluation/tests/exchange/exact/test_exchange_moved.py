from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import ExchangeCommon


@tagged("post_install", "-at_install")
class TestExchangeMoved(ExchangeCommon):
    """What a record says otherwise than before is taken, or refused in words."""

    def setUp(self):
        super().setUp()
        self._take(self._supplier("S", "Bolt Ltd"), self._supplier("T", "Nut Ltd"))

    def _of(self, kind, external_id, **values):
        return {"kind": kind, "id": external_id, "supplier": "S", **values}

    def _signal(self, **values):
        return self._of(
            "risk_signal",
            "signal",
            **{
                "type": "insolvency",
                "severity": "critical",
                "date": "2026-03-01",
                "title": "Proceedings opened",
                **values,
            },
        )

    def _paid(self):
        bills = self.env["supplier.history.bill"].search(
            [("company_id", "=", self.company.id)], order="name"
        )
        return bills.mapped("amount_paid")

    def test_a_payment_stays_at_its_bill(self):
        dated = {"date": "2026-03-05", "amount": 100}
        payment = self._of("payment", "p", bill="R1", **dated)
        self._take(
            self._of("bill", "1", number="R1", **dated),
            self._of("bill", "2", number="R2", **dated),
            payment,
        )
        result = self._one({**payment, "bill": "R2"})
        self.assertEqual(result.state, "refused")
        self.assertIn("R1", result.reason)
        self.assertIn("identifier of its own", result.mend)
        # As it is mended: nothing was paid of the one, and all of the other.
        mended = self._take({**payment, "amount": 0}, {**payment, "id": "q"})
        self.assertEqual(self._states(mended), ["updated", "created"])
        moved = self._one({**payment, "id": "r", "bill": "R2"})
        self.assertEqual(moved.state, "created")
        self.assertEqual(self._paid(), [100, 100])

    def test_a_payment_follows_the_number_of_its_bill(self):
        dated = {"date": "2026-03-05", "amount": 100}
        bill = self._of("bill", "1", number="R1", **dated)
        payment = self._of("payment", "p", bill="R1", **dated)
        self._take(bill, payment)
        message = self._take({**bill, "number": "R-1"}, {**payment, "bill": "R-1"})
        self.assertEqual(self._states(message), ["updated", "unchanged"])

    def test_a_credit_note_is_paid_when_all_came_back(self):
        due = {"date": "2026-03-01", "date_due": "2026-03-10", "amount": -100}
        self._take(
            self._of("bill", "1", number="R1", **due),
            self._of("payment", "p", bill="R1", date="2026-03-05", amount=-40),
        )
        bill = self.env["supplier.history.bill"].search([("name", "=", "R1")])
        self.assertEqual((bill.date_paid, bill.days_late), (False, False))
        self._one(self._of("payment", "q", bill="R1", date="2026-03-12", amount=-60))
        self.assertEqual(str(bill.date_paid), "2026-03-12")
        self.assertEqual(bill.days_late, 2)

    def test_a_signal_stays_at_its_supplier(self):
        """Else a serious one would leave a supplier without anybody closing it."""
        result = self._one(self._signal())
        signal = self.env["supplier.risk.signal"].browse(result.res_id)
        moved = self._one(self._signal(supplier="T"))
        self.assertEqual(moved.state, "refused")
        self.assertIn("Bolt Ltd", moved.reason)
        self.assertEqual(signal.commercial_partner_id.name, "Bolt Ltd")
        rating = self._of("rating", "r", agency="Moodys", rating="Baa1")
        rating["date"] = "2026-03-01"
        states = [
            self._one({**rating, "supplier": supplier}).state for supplier in "ST"
        ]
        self.assertEqual(states, ["created", "refused"])

    @mute_logger("odoo.sql_db")
    def test_a_rule_of_the_database_is_said_in_words(self):
        """Whatever else is in the message."""
        message = self._take(
            self._signal(date_end="2026-02-01"), self._signal(id="other")
        )
        self.assertEqual(self._states(message), ["refused", "created"])
        self.assertEqual(
            message.result_ids.sorted("number")[0].reason,
            "A signal cannot end before it began: check its two dates.",
        )

    def test_a_state_of_another_country_is_left(self):
        bolt = self._supplier("S", "Bolt Ltd")
        result = self._one({**bolt, "country": "US", "state": "CA"})
        partner = self._partner(result)
        self._one({**bolt, "country": "US", "city": "Ulm"})
        self.assertEqual(partner.state_id.code, "CA")
        self._one({**bolt, "country": "DE"})
        self.assertEqual(
            (partner.country_id.code, partner.state_id.code), ("DE", False)
        )

    def test_capitals_make_no_second_contact(self):
        partner = self._partner(self._one(self._supplier("S", "Bolt Ltd", city="Ulm")))
        ann = self.env["res.partner"].create(
            {"name": "Ann", "email": "Ann@Bolt.example", "parent_id": partner.id}
        )
        contact = self._of("contact", "c", name="Ann Lee", email="ann@bolt.example")
        result = self._one(contact)
        self.assertEqual(result.res_id, ann.id)
        self.assertEqual(partner.child_ids, ann)
