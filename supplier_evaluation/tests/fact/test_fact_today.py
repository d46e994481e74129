from contextlib import contextmanager
from datetime import datetime
from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged
from odoo.tools import SQL

from . import sums
from .common import CatalogueCommon

TODAY = "2026-03-16"


@tagged("post_install", "-at_install")
class TestFactToday(CatalogueCommon):
    """In Shanghai, 15 March 17:00 UTC is the 16th: what has that day is of today."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_accounts()
        cls.line = cls._order(100, 10, "2026-03-10")
        cls._receive(cls.line, "2026-03-10")

    @contextmanager
    def _at(self, hour):
        """It is that hour of 15 March in UTC, for the database, too."""
        now = datetime(2026, 3, 15, hour)
        # Facts of before the hour are not those of after it.
        self.env.flush_all()
        self.env.invalidate_all()
        with (
            freeze_time(now),
            patch.object(type(self.env.cr), "now", lambda _cr: now),
        ):
            yield

    def _found(self, model, hour, *names):
        """Return what an analysis shows of the supplier at that hour."""
        domain = [
            ("partner_id", "=", self.supplier.id),
            ("company_id", "=", self.company.id),
        ]
        with self._at(hour):
            facts = self.env[model].search(domain)
            return sorted(tuple(fact[name] for name in names) for fact in facts)

    def _assert_found(self, model, names, before, after):
        """The same whether sums are taken or not; in UTC, as before the hour."""
        tz = self.company.partner_id.tz
        for made in (False, True):
            if made:
                sums.build(self.env)
            with self.subTest(sums=made):
                self.assertEqual(self._found(model, 15, *names), before)
                self.assertEqual(self._found(model, 17, *names), after)
                self.company.partner_id.tz = "UTC"
                self.assertEqual(self._found(model, 17, *names), before)
                self.company.partner_id.tz = tz

    def test_bills(self):
        self._bill(self.line, 100, 10, day=TODAY)
        names = ("move_type", "exclusion")
        self._assert_found("supplier.bill.fact", names, [], [("in_invoice", False)])

    def test_reversed_bills(self):
        bill = self._bill(self.line, 100, 10, day="2026-03-10")
        self._bill(
            self.line,
            100,
            10,
            day=TODAY,
            move_type="in_refund",
            reversed_entry_id=bill.id,
        )
        self._assert_found(
            "supplier.bill.fact",
            ("move_type", "exclusion"),
            [("in_invoice", False)],
            [("in_invoice", "cancelled"), ("in_refund", "cancelled")],
        )

    def test_reversed_in_another_company(self):
        """A bill is reversed on a day of its own company."""
        bill = self._bill(self.line, 100, 10, day="2026-03-10")
        vals = {"move_type": "in_refund", "reversed_entry_id": bill.id}
        refund = self._bill(self.line, 100, 10, day=TODAY, **vals)
        other = self.env["res.company"].create({"name": "Other"})
        other.partner_id.tz = "UTC"
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE account_move SET company_id = %s WHERE id = %s",
                other.id,
                refund.id,
            )
        )
        self.env.invalidate_all()
        self._assert_found(
            "supplier.bill.fact",
            ("move_type", "exclusion"),
            [("in_invoice", False)],
            [("in_invoice", "cancelled")],
        )

    def test_payments(self):
        """A bill of today that is paid today, with an entry and without."""
        for in_books in (True, False):
            bill = self._bill(self.line, 10, 10, day=TODAY)
            self._pay(bill, TODAY, in_books=in_books)
        self._assert_found(
            "supplier.payment.fact",
            ("kind", "days_to_pay"),
            [],
            [("booked", False)] * 2 + [("settled", 0)] * 2,
        )

    def test_bills_paid_today(self):
        bill = self._bill(self.line, 100, 10, day="2026-03-10")
        self._pay(bill, TODAY)
        self._assert_found(
            "supplier.payment.fact",
            ("kind", "days_to_pay"),
            [("booked", False), ("open", False)],
            [("booked", False), ("settled", 6)],
        )

    def test_an_evaluation_looks_as_before(self):
        self._bill(self.line, 100, 10, day=TODAY)
        for hour in (15, 17):
            cutoff = datetime(2026, 3, 15, hour)
            facts = self.env["supplier.bill.fact"]._with_fact_scope(
                self._scope(cutoff=cutoff)
            )
            found = facts.search([("partner_id", "=", self.supplier.id)])
            self.assertEqual(len(found), hour == 17)
            utc = facts._with_fact_scope(self._scope(cutoff=cutoff, tz="UTC"))
            self.assertFalse(utc.search([("partner_id", "=", self.supplier.id)]))

    def _import(self, ref, **vals):
        return self.env["supplier.history.line"].create(
            {
                "company_id": self.company.id,
                "partner_id": self.supplier.id,
                "product_id": self.product.id,
                "order_ref": ref,
                "line_ref": "1",
                "quantity_ordered": 10,
                "price_unit": 3,
                "currency_id": self.company.currency_id.id,
                "date_order": "2026-03-02",
                "date_promised": "2026-03-10",
                **vals,
            }
        )

    def test_imported_receipts(self):
        receipt = Command.create({"date": TODAY, "quantity": 10})
        self._import("OLD", receipt_ids=[receipt])
        before = self._found("supplier.receipt.fact", 15, "res_model", "kind")
        after = self._found("supplier.receipt.fact", 17, "res_model", "kind")
        self.assertEqual(
            [row for row in after if row not in before],
            [("supplier.history.line", "receipt")],
        )

    def test_prices(self):
        """Compared is the year that ends today, where we are."""
        nut = self._create_product("Nut")
        self._import("OLD-1", product_id=nut.id)
        self._import("OLD-2", product_id=nut.id, price_unit=5, date_order=TODAY)
        domain = [("product_id", "=", nut.id)]
        for hour, varied in ((15, [False]), (17, [True, True])):
            with self.subTest(hour=hour), self._at(hour):
                facts = self.env["supplier.price.fact"].search(domain)
                got = [fact.price_variation is not False for fact in facts]
                self.assertEqual(got, varied)

    def test_risks(self):
        own = {
            "partner_id": self.supplier.id,
            "company_id": self.company.id,
            "source": "Court",
            "date": TODAY,
        }
        self.env["supplier.risk.signal"].create(
            {"name": "Unpaid delivery", "kind": "litigation", **own}
        )
        self.env["supplier.risk.check"].create({"has_legal": True, **own})
        self._assert_found(
            "supplier.risk.fact", ("kind",), [], [("checked",), ("litigation",)]
        )

    def test_own_days(self):
        """Behind UTC, today is yesterday's day there."""
        self._bill(self.line, 100, 10, day="2026-03-15")
        self.company.partner_id.tz = "America/Los_Angeles"
        self.assertFalse(self._found("supplier.bill.fact", 5, "name"))
        self.assertTrue(self._found("supplier.bill.fact", 8, "name"))
