from freezegun import freeze_time

from odoo.tests import tagged

from ...models.overview.partner.dossier import Dossier
from ...models.overview.partner.paying import late_payments_of
from ..common import BUYER
from .common import BillCommon


@tagged("post_install", "-at_install")
class TestLatePayments(BillCommon):
    """How late we paid, by what was due last."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls._create_people("paying", {"buyer": BUYER})

    def _said(self):
        self.env.flush_all()
        self.env.invalidate_all()
        with freeze_time("2026-06-10 04:00:00"):
            return late_payments_of(Dossier(self._as(self.supplier, "buyer")))

    def _billed(self, *parts):
        vals = {"invoice_payment_term_id": self._term(*parts).id} if parts else {}
        return self._bill(self.line, 10, 10, day="2026-03-01", **vals)

    def test_of_what_was_paid_and_had_a_term(self):
        """By 12 days; in time, without a term and still open say nothing."""
        self._pay(self._billed((100, 30)), "2026-04-12")
        self._pay(self._billed((100, 30)), "2026-03-31")
        self._pay(self._billed(), "2026-05-30")
        self._billed((100, 30))
        text = self._said()
        self.assertIn("1 of 2", text)
        self.assertIn("12 days", text)

    def test_paid_in_time_says_nothing(self):
        self.assertEqual(self._said(), "")
        self._pay(self._billed((100, 30)), "2026-03-31")
        self._pay(self._billed((100, 30)), "2026-02-28")
        self.assertEqual(self._said(), "")

    def test_instalments_paid_when_they_were_due(self):
        """Half after 10 days and half after 60: on average 35, and nothing is late."""
        bill = self._billed((50, 10), (50, 60))
        self._pay(bill, "2026-03-11", amount=50)
        self._pay(bill, "2026-04-30")
        [booked] = self._payments(aspect="terms")
        self.assertEqual(booked.payment_days, 35)
        self.assertEqual(self._said(), "")

    def test_last_instalment_paid_late(self):
        bill = self._billed((50, 10), (50, 60))
        self._pay(bill, "2026-03-11", amount=50)
        self._pay(bill, "2026-05-04")
        text = self._said()
        self.assertIn("1 of 1", text)
        self.assertIn("4 days", text)
