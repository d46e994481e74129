from datetime import date

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import UserError
from odoo.modules.migration import load_script
from odoo.tests import tagged
from odoo.tools import file_path, mute_logger

from .common import HistoryCommon

RESPELL = "supplier_evaluation/migrations/19.0.1.7.0/post-70-references.py"


@tagged("post_install", "-at_install")
class TestHistoryLine(HistoryCommon):
    def _receipts(self, *received):
        return [
            Command.create({"receipt_ref": str(ref), "date": day, "quantity": quantity})
            for ref, (day, quantity) in enumerate(received, start=1)
        ]

    def test_receipts_are_summed_up(self):
        line = self._line(
            receipt_ids=self._receipts(
                (date(2026, 3, 10), 60), (date(2026, 3, 13), 30), (date(2026, 4, 1), 0)
            )
        )
        self.assertEqual(line.display_name, "P1 / 10")
        self.assertEqual(line.quantity_received, 90)
        self.assertEqual(line.quantity_open, 10)
        self.assertEqual(line.date_received, date(2026, 3, 13))
        self.assertTrue(line.is_received_late)
        line.receipt_ids[1].date = date(2026, 3, 9)
        self.assertFalse(line.is_received_late)
        line.receipt_ids.unlink()
        self.assertEqual((line.quantity_received, line.quantity_open), (0, 100))
        self.assertFalse(line.date_received)

    def test_value_at_the_rate_of_the_order_date(self):
        self.env["res.currency.rate"].search([]).unlink()
        self.env["res.currency.rate"].create(
            [
                {
                    "currency_id": self.eur.id,
                    "name": day,
                    "rate": rate,
                    "company_id": company.id,
                }
                for day, rate, company in (
                    ("2026-01-01", 0.5, self.company),
                    ("2026-03-05", 0.25, self.company),
                    ("2025-01-01", 0.1, self.other_company),
                )
            ]
        )
        days = ("2025-06-01", "2026-01-01", "2026-03-04", "2026-03-05", "2026-09-01")
        for day in days:
            line = self._line(
                line_ref=day, date_order=day, price_unit=2, currency_id=self.eur.id
            )
            expected = self.eur._convert(
                200, self.usd, self.company, date.fromisoformat(day), round=False
            )
            self.assertAlmostEqual(line.value, expected, msg=day)
        # Without an order date, the promised date counts.
        line.write({"date_order": False, "date_promised": "2026-02-01"})
        self.assertAlmostEqual(line.value, 400)
        line.currency_id = self.usd
        self.assertAlmostEqual(line.value, 200)

    def test_supplier_is_the_commercial_entity(self):
        contact = self.env["res.partner"].create(
            {"name": "Ann", "parent_id": self.supplier.id}
        )
        line = self._line(partner_id=contact.id)
        self.assertEqual(line.commercial_partner_id, self.supplier)

    def test_category_comes_from_the_product(self):
        category = self.env["product.category"].create({"name": "Fasteners"})
        product = self.env["product.product"].create(
            {"name": "Bolt", "categ_id": category.id}
        )
        line = self._line(product_id=product.id)
        self.assertEqual(line.categ_id, category)
        other = self._line(line_ref="20", categ_id=category.id)
        self.assertEqual(other.categ_id, category)

    @mute_logger("odoo.sql_db")
    def test_constraints(self):
        line = self._line(receipt_ids=self._receipts((date(2026, 3, 10), 60)))
        wrong = (
            lambda: self._line(),
            lambda: self._line(line_ref="2", quantity_ordered=0),
            lambda: self._line(line_ref="2", price_unit=-1),
            lambda: self._line(line_ref="2", quantity_returned=-1),
            lambda: line.receipt_ids.write({"quantity": -1}),
            lambda: line.receipt_ids.copy(),
        )
        for number, action in enumerate(wrong):
            with (
                self.subTest(number=number),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                action()
                self.env.flush_all()

    def test_company_of_supplier_is_checked(self):
        self.supplier.company_id = self.other_company
        with self.assertRaises(UserError):
            self._line()

    def test_deleting_a_line_deletes_its_receipts(self):
        line = self._line(receipt_ids=self._receipts((date(2026, 3, 10), 60)))
        receipts = line.receipt_ids
        line.unlink()
        self.assertFalse(receipts.exists())

    def test_search_filters(self):
        late = self._line(receipt_ids=self._receipts((date(2026, 3, 11), 100)))
        open_line = self._line(line_ref="20", date_promised=date(2020, 1, 1))
        done = self._line(
            line_ref="30", receipt_ids=self._receipts((date(2026, 3, 9), 100))
        )
        lines = late | open_line | done
        is_open = [("quantity_open", ">", 0), ("id", "in", lines.ids)]
        self.assertEqual(self.Line.search(is_open), open_line)
        is_late = [
            *("&", ("id", "in", lines.ids)),
            *("|", ("is_received_late", "=", True)),
            *("&", ("quantity_open", ">", 0), ("date_promised", "<", "today")),
        ]
        self.assertEqual(self.Line.search(is_late), late | open_line)

    # ------------------------------------------------------------
    # Spelling
    # ------------------------------------------------------------

    def _respell(self):
        self.env.flush_all()
        load_script(file_path(RESPELL), "references").migrate(self.cr, "19.0.1.6.0")
        self.env.invalidate_all()

    def _spelled(self, order, line, *refs):
        """A line with its receipts, as the version before stored them."""
        day = date(2026, 3, 10)
        receipts = [
            Command.create({"receipt_ref": ref, "date": day, "quantity": 50})
            for ref in refs
        ]
        return self._line(order_ref=order, line_ref=line, receipt_ids=receipts)

    def test_what_is_imported_again_is_no_second_line(self):
        line = self._spelled("4500001.0", "10.0", "900.0", "901.0")
        wide = self._spelled("\uff30\uff2f7\u200b", "1.10", "R1 (2)")
        self._respell()
        self.assertEqual((line.order_ref, line.line_ref), ("4500001", "10"))
        self.assertEqual((wide.order_ref, wide.line_ref), ("PO7", "1.10"))
        self.assertEqual(wide.receipt_ids.receipt_ref, "R1 (2)")
        rows = [
            self._row(PO="4500001", Line="10", GRN=ref, **{"Arrived Qty": "50"})
            for ref in ("900", "901")
        ]
        self._assert_counts(self._import(rows), updated=1)
        self._assert_counts(self._import(rows), unchanged=1)
        self.assertEqual(self.Line.search([("order_ref", "=like", "4500%")]), line)
        self.assertEqual(self._received("4500001"), [("2026-03-10", 50)] * 2)
        self.assertEqual(line.receipt_ids.mapped("receipt_ref"), ["900", "901"])

    def test_both_spellings_stay_and_are_named(self):
        lines = [
            self._spelled(order, "10", "1.0", "1")
            for order in ("7.0", "7", "\uff18", "8.0", "\uff19.0 ")
        ]
        with self.assertLogs("references", "WARNING") as logs:
            self._respell()
        self.assertEqual(
            [line.order_ref for line in lines], ["7.0", "7", "\uff18", "8.0", "9"]
        )
        for name in ("7.0 / 10", "\uff18 / 10", "8.0 / 10"):
            self.assertIn(name, logs.output[0])
        self.assertEqual(lines[0].receipt_ids.mapped("receipt_ref"), ["1.0", "1"])
        self.assertIn("1.0", logs.output[1])
        other = self._line(order_ref="7.0", line_ref="20", partner_id=self.steel.id)
        with self.assertLogs("references", "WARNING"):
            self._respell()
        self.assertEqual(other.order_ref, "7")
