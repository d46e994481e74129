from datetime import timedelta
from unittest.mock import patch

from odoo import Command, fields
from odoo.sql_db import db_connect
from odoo.tests import tagged

from ....models.exchange.kind import sending
from ..common import ExchangeCommon


@tagged("post_install", "-at_install")
class TestExchangeFigures(ExchangeCommon):
    """Bills, payments, inspections and orders, as they are and not nearly so."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bolt = cls.env["res.partner"].create(
            {"name": "Bolt Ltd", "is_company": True}
        )

    def setUp(self):
        super().setUp()
        self._take(self._supplier("S", "Bolt Ltd"))

    def _of(self, kind, external_id, **values):
        return {"kind": kind, "id": external_id, "supplier": "S", **values}

    def _bill(self, *payments, **vals):
        return self.env["supplier.history.bill"].create(
            {
                "name": f"R-{payments}",
                "company_id": self.company.id,
                "partner_id": self.bolt.id,
                "currency_id": self.company.currency_id.id,
                "date": "2026-03-01",
                "date_due": "2026-03-31",
                "amount": 1000,
                "payment_ids": [
                    Command.create({"date": day, "amount": amount})
                    for day, amount in payments
                ],
                **vals,
            }
        )

    def test_days_late_until_all_was_paid(self):
        in_time, late = ("2026-03-20", 1000), ("2026-04-10", 600)
        for payments, day, days in (
            ((in_time,), "2026-03-20", 0),
            ((in_time, ("2026-05-01", 5)), "2026-03-20", 0),
            ((("2026-06-01", 50), late, ("2026-03-20", 400)), "2026-04-10", 10),
            # What was given back was paid again.
            ((in_time, ("2026-04-01", -100), ("2026-04-05", 100)), "2026-04-05", 5),
            ((late,), None, False),
        ):
            with self.subTest(payments=payments):
                bill = self._bill(*payments)
                self.assertEqual(bill.date_paid, fields.Date.to_date(day) or False)
                self.assertIs(type(bill.days_late), type(days))
                self.assertEqual(bill.days_late, days)

    def test_days_late_with_another_currency(self):
        bill = self._bill(("2026-03-20", 999.6))
        self.assertFalse(bill.date_paid)
        bill.currency_id = self.env.ref("base.JPY")
        self.assertTrue(bill.date_paid)

    def test_products_are_one_or_none(self):
        products = self.env["product.product"]
        own, _twin, _other_twin, elsewhere, by_code = products.create(
            [
                {"name": "Exact bolt M8"},
                {"name": "Exact bolt M9"},
                {"name": "Exact bolt M9"},
                {"name": "Exact bolt M8", "company_id": self.other_company.id},
                {"name": "Coded", "default_code": "Exact bolt M8"},
            ]
        )
        by_code.default_code = "EXACT-1"
        lot = self._of(
            "inspection",
            "",
            date="2026-03-02",
            quantity_inspected=50,
            quantity_rejected=2,
            result="accepted",
        )
        names = ("Exact bolt M8", "Exact bolt M9", "EXACT-1", "Exact nothing")
        message = self._take(
            *({**lot, "id": name, "number": name, "product": name} for name in names)
        )
        lots = self.env["supplier.inspection"].browse(
            message.result_ids.sorted("number").mapped("res_id")
        )
        self.assertEqual(
            [lot.product_id for lot in lots],
            [own, products.browse(), by_code, products.browse()],
        )
        self.assertNotEqual(lots[0].product_id, elsewhere)
        self.assertEqual(lots.mapped("product_name"), list(names))

    def test_an_identifier_stays_at_its_line(self):
        order = {"order": "P1", "line": "10"}
        due = {"quantity": 100, "date_promised": "2026-03-10"}
        got = {"date": "2026-03-09", "quantity": 40}
        records = [
            self._of("order", "o", **order, **due),
            self._of("receipt", "r", **order, **got),
            self._of("return", "x", **order, **got),
        ]
        other = self._of("order", "o2", **order, **due) | {"line": "20"}
        self._take(*records, other)
        moved = self._take(*({**record, "line": "20"} for record in records))
        self.assertEqual(self._states(moved), ["refused"] * 3)
        for result in moved.result_ids:
            self.assertIn("P1 / 10", result.reason)
            self.assertIn("identifier of its own", result.mend)
        again = self._take(*({**record, "quantity": 41} for record in records))
        self.assertEqual(self._states(again), ["updated"] * 3)
        lines = self.env["supplier.history.line"].search(
            [("company_id", "=", self.company.id)], order="line_ref"
        )
        self.assertEqual(lines.mapped("quantity_ordered"), [41, 100])
        self.assertEqual(lines.mapped("quantity_returned"), [41, 0])
        self.assertEqual(lines.receipt_ids.mapped("quantity"), [41])

    def test_an_identifier_stays_at_its_supplier(self):
        line = self._of(
            "order", "o", order="P1", line="10", quantity=1, date_promised="2026-03-10"
        )
        self._take(line)
        message = self._take(
            self._supplier("T", "Nut Ltd"), {**line, "supplier": "T", "quantity": 2}
        )
        self.assertEqual(self._states(message), ["created", "refused"])

    def test_statements_of_payments(self):
        def take(count, mark):
            bills = [
                self._of("bill", f"{mark}{n}", number=f"{mark}{n}", date="2026-03-01")
                | {"amount": 5}
                for n in range(count)
            ]
            self._take(*bills)
            payments = [
                self._of("payment", f"{mark}{n}", bill=f"{mark}{n}", amount=5)
                | {"date": "2026-03-02"}
                for n in range(count)
            ]
            return self._statements_of(lambda: self._take(*payments))

        take(1, "warm")
        few, many = take(5, "few"), take(50, "many")
        self.assertLessEqual(many - few, 5)

    def test_statements_of_whose_value_stays(self):
        def take(count, mark):
            records = [
                self._supplier(f"{mark}{n}", f"{mark} {n} Ltd", city="Ulm", zip="1")
                for n in range(count)
            ]
            self._take(*records)
            return self._statements_of(
                lambda: self._take(
                    *({**one, "city": "Hof", "zip": "2"} for one in records),
                    source=self.crm,
                )
            )

        take(1, "warm")
        few, many = take(5, "few"), take(50, "many")
        self.assertLessEqual(many - few, 5)

    def test_whoever_is_writing_is_waited_for(self):
        kinds = self.env["supplier.exchange.kind.supplier"]
        with db_connect(self.env.cr.dbname).cursor() as other:
            other.execute("SELECT NOW() AT TIME ZONE 'UTC'")
            [(began,)] = other.fetchall()
            # As if that was long ago.
            self.startPatcher(patch.object(sending, "SETTLED", timedelta(hours=-1)))
            self.assertLessEqual(kinds._settled(), began)

    def test_an_empty_page_does_not_hurry(self):
        source = self._as(self.erp, self.manager)
        future = fields.Datetime.now() + timedelta(days=1)
        page = self.Message.give(source, "incident", cursor=f"{future.isoformat()}~1")
        self.assertFalse(page["records"])
        self.assertLess(page["cursor"], future.isoformat())
