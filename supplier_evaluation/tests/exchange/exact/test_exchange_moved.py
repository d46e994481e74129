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

    def test_what_is_proposed_is_no_entry_by_hand(self):
        """Whoever made a record says later what it had by default."""
        incident = self._of("incident", "i", title="Rust", date_opened="2026-03-10")
        record = self.env["supplier.incident"].browse(self._one(incident).res_id)
        self.assertEqual((record.state, record.cost), ("new", 0))
        resolved = {
            **incident,
            "status": "resolved",
            "date_resolved": "2026-03-12",
            "severity": "critical",
            "cost": 500,
        }
        result = self._one(resolved)
        self.assertEqual((result.state, result.note), ("updated", False))
        self.assertEqual((record.state, record.severity), ("resolved", "critical"))
        self.assertEqual(record.cost, 500)
        # What a person entered since stays.
        record.cost = 70
        self.assertIn("cost", self._one({**resolved, "cost": 600}).note)
        self.assertEqual(record.cost, 70)

    def test_who_is_below_another_company_now(self):
        """What was said of it goes on being known."""
        partners = self.env["res.partner"].search(
            [("name", "in", ["Bolt Ltd", "Nut Ltd"])]
        )
        bolt, nut = partners.sorted("name")
        order = self._of("order", "o", order="P1", line="10", quantity=10)
        order |= {"date_promised": "2026-03-10", "supplier": "T"}
        self._one(order)
        nut.write({"parent_id": bolt.id, "is_company": False})
        receipt = self._of("receipt", "r", order="P1", line="10", quantity=10)
        message = self._take(
            {**receipt, "date": "2026-03-09", "supplier": "T"},
            {**order, "quantity": 20},
        )
        self.assertEqual(self._states(message), ["updated"] * 2)

    def test_an_index_of_0_is_not_missing(self):
        self.env["product.product"].create({"name": "Bolt", "default_code": "B-1"})
        index = {"kind": "price_index", "id": "x", "index": "Castings", "value": 0}
        result = self._one({**index, "product": "B-1", "month": "2026-03-01"})
        self.assertEqual(result.state, "refused")
        self.assertIn("not above 0", result.reason)

    def test_a_bill_of_merged_vendors_is_kept_once(self):
        """Where both say the same of it; none of the others goes."""
        bill = {"kind": "bill", "date": "2026-03-01", "amount": 100}
        self._take(
            *({**bill, "id": n, "number": n, "supplier": "S"} for n in ("1", "2")),
            {**bill, "id": "3", "number": "2", "supplier": "T"},
        )
        partners = self.env["res.partner"].search(
            [("name", "in", ["Bolt Ltd", "Nut Ltd"])]
        )
        bolt, nut = partners.sorted("name")
        bills = self.env["supplier.history.bill"].search(
            [("company_id", "=", self.company.id)]
        )
        merging = self.env["base.partner.merge.automatic.wizard"]
        bills.filtered(lambda one: one.partner_id == nut).amount = 99
        self.env.flush_all()
        with self.assertRefused("cannot be merged"):
            merging._merge((bolt | nut).ids, nut)
        bills.amount = 100
        self.env.flush_all()
        merging._merge((bolt | nut).ids, nut)
        self.env.invalidate_all()
        self.assertEqual(sorted(bills.exists().mapped("name")), ["1", "2"])
        again = self._one({**bill, "id": "1", "number": "1", "supplier": "S"})
        self.assertEqual(again.state, "unchanged")
