from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from ...models.overview.partner.dossier import Dossier
from ...models.overview.partner.paying import late_payments_of
from .common import RiskCommon


@tagged("post_install", "-at_install")
class TestRiskPaying(RiskCommon):
    """How late we paid stands beside the risks of the supplier."""

    def _dossier(self, rows):
        """Bills as the payment facts have them: (term, days to pay or False)."""
        facts = self.env["supplier.payment.fact"]
        today = fields.Date.today()
        day = today - timedelta(days=20)
        new = facts.browse()
        for number, (term, paid) in enumerate(rows, start=1):
            common = {"move_id": number, "date": day}
            new |= facts.new({**common, "kind": "booked", "payment_days": term})
            kind = "open" if paid is False else "settled"
            new |= facts.new({**common, "kind": kind, "days_to_pay": paid})
        dossier = Dossier(self.supplier.with_company(self.company))
        with patch.object(type(facts), "search", lambda *_a, **_k: new):
            return late_payments_of(dossier)

    def test_of_what_was_paid_and_had_a_term(self):
        text = self._dossier([(30, 42), (30, 30), (False, 90), (30, False)])
        self.assertIn("1 of 2", text)
        self.assertIn("12 days", text)

    def test_paid_in_time_says_nothing(self):
        self.assertEqual(self._dossier([(30, 30), (30, -1)]), "")
        self.assertEqual(self._dossier([]), "")

    def test_asks_the_facts(self):
        self.env.flush_all()
        view = self._as(self.supplier, "buyer").retrieve_360()
        self.assertFalse([one for one in view["risks"] if one["kind"] == "payment"])
        action = self._as(self.supplier, "manager").action_open_late_payments()
        self.assertEqual(action["domain"], [("id", "in", [])])
