from odoo.tests import tagged

from .common import ExchangeCommon


@tagged("post_install", "-at_install")
class TestExchangeRows(ExchangeCommon):
    """Risk signals, ratings and price indices go to their own models."""

    SIGNAL = {
        "kind": "risk_signal",
        "id": "s1",
        "supplier": "1",
        "type": "litigation",
        "date": "2026-03-01",
        "title": "Sued for late payment",
        "amount": 1000,
        "currency": "USD",
    }
    RATING = {
        "kind": "rating",
        "id": "r1",
        "supplier": "1",
        "agency": "Agency",
        "rating": "AA-",
        "date": "2026-03-01",
    }
    INDEX = {
        "kind": "price_index",
        "id": "p1",
        "index": "Steel",
        "category": "Exchange Steel",
        "month": "2026-03-01",
        "value": 104.5,
    }

    def test_signals(self):
        self.env["product.category"].create({"name": "Exchange Steel"})
        message = self._take(
            self._supplier("1", "Bolt Ltd"), self.SIGNAL, self.RATING, self.INDEX
        )
        states = self._states(message)
        if "supplier.risk.signal" not in self.env:
            self.assertEqual(states, ["created"] + ["refused"] * 3)
            return
        self.assertEqual(states, ["created"] * 4)
        again = self._take(self.SIGNAL, self.RATING, {**self.INDEX, "value": 105})
        self.assertEqual(self._states(again), ["unchanged", "unchanged", "updated"])
        worse = self._one({**self.SIGNAL, "severity": "critical"})
        self.assertEqual(worse.state, "updated")
        self.assertEqual(
            self._one({**self.SIGNAL, "id": "s2", "currency": "XXY"}).state, "refused"
        )

    def _signals(self):
        return self.env["supplier.risk.signal"].search(
            [("company_id", "=", self.company.id)], order="id"
        )

    def test_each_system_has_signals_of_its_own(self):
        """Be they called the same, as their systems are."""
        self.crm.name = self.erp.name
        bolt = self._supplier("1", "Bolt Ltd")
        rating = {**self.RATING, "id": "s1", "agency": self.erp.name}
        serious = {**self.SIGNAL, "severity": "critical"}
        first = self._take(bolt, serious, rating)
        second = self._take(bolt, {**serious, "severity": "low"}, source=self.crm)
        self.assertEqual(self._states(first), ["created"] * 3)
        self.assertEqual(self._states(second), ["unchanged", "created"])
        signals = self._signals()
        self.assertEqual(signals.mapped("severity"), ["critical", "low", "low"])
        self.assertEqual(
            signals.mapped("kind"), ["litigation", "credit_rating", "litigation"]
        )
        for code in ("erp-new", "erp"):
            # Whatever the system is called by then.
            self.erp.code = code
            self.assertEqual(self._one({**serious, "title": code}).state, "updated")
        self.assertEqual(self._signals(), signals)
        self.assertEqual(signals.mapped("name")[::2], ["erp", self.SIGNAL["title"]])
        kind = self._one({**serious, "type": "news"})
        self.assertEqual(kind.state, "refused")
        self.assertIn("Lawsuit", kind.reason)

    def test_a_system_has_no_hand_in_it(self):
        """Nor whoever takes its messages: it ends what it said itself."""
        serious = {**self.SIGNAL, "severity": "critical"}
        self._take(self._supplier("1", "Bolt Ltd"), serious)
        ended = {**serious, "date_end": "2026-03-20"}
        self.assertEqual(self._one(ended).state, "updated")
        self.assertFalse(self._signals().involved_ids)
