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
