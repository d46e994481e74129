from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.supplier_evaluation.tests.common import BUYER

from .common import SaleTraceCommon
from .test_sale_access import ALL_SALES, SALESMAN

LIST = "supplier.sale.customer"


@tagged("post_install", "-at_install")
class TestSaleCustomer(SaleTraceCommon):
    """Who buys how often and for how much: as far as one may see it in sales."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls._create_people(
            "customers",
            {"seller": SALESMAN, "sales": ALL_SALES, "buyer": BUYER},
        )
        cls.small = cls._create_contact("Small Boats", is_company=True)
        cls.nobody = cls._create_contact("Curious Boats", is_company=True)
        own = {"user_id": cls.people["seller"].id}
        for sold in ("2026-03-01", "2026-03-11", "2026-03-21"):
            cls.large_line = cls._sell(
                10, "2026-03-30", sold=sold, product=cls.made_to_order, **own
            )
        cls.small_line = cls._sell(
            1,
            "2026-03-30",
            product=cls.made_to_order,
            partner_id=cls.small.id,
            user_id=cls.people["sales"].id,
        )
        # What was ordered long ago counts no more; a quotation is none yet.
        cls._sell(99, "2024-03-30", sold="2024-03-01", partner_id=cls.nobody.id)
        cls.env["sale.order"].create(
            {
                "partner_id": cls.nobody.id,
                "company_id": cls.company.id,
                "user_id": cls.people["sales"].id,
            }
        )

    def setUp(self):
        super().setUp()
        self.startPatcher(freeze_time("2026-06-01"))

    def _seen(self, name):
        # What one person was shown is not read again for another one.
        self.env.invalidate_all()
        rows = self._as(self.env[LIST], name).search([])
        return {row.partner_id: row for row in rows}

    def test_classes(self):
        rows = self._seen("sales")
        ours = (self.customer, self.small, self.nobody)
        self.assertEqual(
            [rows[one].customer_class for one in ours],
            ["key", "regular", "potential"],
        )
        self.assertEqual([rows[one].amount for one in ours], [300, 10, 0])
        self.assertEqual([rows[one].order_count for one in ours], [3, 1, 0])
        large = rows[self.customer]
        self.assertEqual((large.days_between, str(large.date_last)), (10, "2026-03-21"))
        self.assertIs(rows[self.small].days_between, False)
        self.assertEqual(rows[self.nobody].quotation_count, 1)
        action = large.action_open_orders()
        found = self._as(self.env["sale.order"], "sales").search(action["domain"])
        self.assertEqual(len(found), 3)

    def test_days_are_those_of_the_company(self):
        self.large_line.order_id.date_order = "2026-03-22 17:00:00"
        large = self._seen("sales")[self.customer]
        self.assertEqual((large.days_between, str(large.date_last)), (11, "2026-03-23"))
        # What was ordered on the first of the 12 months, in the night.
        self.small_line.order_id.date_order = "2025-05-31 17:00:00"
        small = self._seen("sales")[self.small]
        self.assertEqual((small.customer_class, small.order_count), ("regular", 1))

    def test_rights_are_those_of_sales(self):
        rows = self._seen("seller")
        self.assertIn(self.customer, rows)
        # The class is that of the company, the sums are of the own orders.
        self.assertEqual(rows[self.customer].customer_class, "key")
        self.assertNotIn(self.small, rows)
        with self.assertRaises(AccessError):
            self._seen("buyer")
        for name in self.people:
            for operation in ("create", "write", "unlink"):
                rows = self._as(self.env[LIST], name)
                self.assertFalse(rows.has_access(operation))
        company = self._create_company("Elsewhere", "UTC", "EUR")
        self.people["foreign"] = self._create_user("foreign", ALL_SALES, company)
        self.assertFalse(self._seen("foreign"))

    def test_overdue(self):
        accounts = self.env["account.account"]
        receivable, income = accounts.create(
            [
                {
                    "name": kind,
                    "code": code,
                    "account_type": kind,
                    "company_ids": [Command.set(self.company.ids)],
                    "reconcile": kind == "asset_receivable",
                }
                for kind, code in (("asset_receivable", "C1210"), ("income", "C4000"))
            ]
        )
        self.customer.with_company(
            self.company
        ).property_account_receivable_id = receivable
        journal = self.env["account.journal"].create(
            {
                "name": "Sales",
                "code": "CSAL",
                "type": "sale",
                "company_id": self.company.id,
                "default_account_id": income.id,
            }
        )
        for user, due in (("seller", "2026-05-01"), ("sales", "2026-07-01")):
            bill = self.env["account.move"].create(
                {
                    "move_type": "out_invoice",
                    "partner_id": self.customer.id,
                    "company_id": self.company.id,
                    "journal_id": journal.id,
                    "invoice_user_id": self.people[user].id,
                    "invoice_date": "2026-04-01",
                    "invoice_date_due": due,
                    "invoice_payment_term_id": False,
                    "invoice_line_ids": [
                        Command.create(
                            {
                                "name": "Masts",
                                "price_unit": 70,
                                "account_id": income.id,
                                "tax_ids": [Command.clear()],
                            }
                        )
                    ],
                }
            )
            bill.action_post()
        self.assertEqual(self._seen("sales")[self.customer].overdue, 70)
        self.assertEqual(self._seen("seller")[self.customer].overdue, 70)
        self.assertIs(self._seen("sales")[self.small].overdue, False)
        bill = bill.search([("invoice_user_id", "=", self.people["seller"].id)])
        bill.invoice_user_id = self.people["sales"]
        self.assertIs(self._seen("seller")[self.customer].overdue, False)

    def test_cards_lead_on_as_the_lists_do(self):
        """On a telephone there are cards alone."""
        for model, action in (
            ("supplier.sale.customer", "action_open_orders"),
            ("supplier.sale.sum", "action_open_customers"),
        ):
            for view_type in ("list", "kanban"):
                arch = self.env[model].get_view(view_type=view_type)["arch"]
                self.assertIn(f'name="{action}"', arch)

    def test_buyers_see_sums(self):
        for line in (self.large_line, self.small_line):
            self._receive(
                self._bought_for(line, "2026-03-02", "2026-03-10"), "2026-03-10"
            )
            self._deliver(line, "2026-03-12")
        sums = self._as(self.env["supplier.sale.sum"], "buyer").search([])
        self.assertEqual((sums.customer_count, sums.key_customer_count), (2, 1))

    def test_expected_lateness(self):
        lines = self.large_line | self.small_line
        bought = lines.move_ids.created_purchase_line_ids
        self.env["supplier.delivery.forecast"].create(
            [
                {
                    "company_id": self.company.id,
                    "partner_id": self.supplier.id,
                    "purchase_line_id": one.id,
                    "order_id": one.order_id.id,
                    "probability": probability,
                    "expected_days": 3,
                }
                for one, probability in zip(bought, (0.25, 0.75), strict=False)
            ]
        )
        self.people["both"] = self._create_user("both", f"{BUYER},{ALL_SALES}")
        mine = self._as(lines, "both")
        expected = {
            line: max(line._bought().late_forecast_ids.mapped("probability"))
            for line in lines
        }
        for line in mine:
            probability = expected[line.with_env(self.env)]
            self.assertEqual(line.supplier_late_probability, probability)
            self.assertEqual(line.supplier_late_text, f"{100 * probability:.0f} %")
            self.assertEqual(line.supplier_late_days, 3)
        # Goods from stock, and who sees no scores.
        stocked = self._sell(1, "2026-06-30", sold="2026-05-30")
        self.assertIs(self._as(stocked, "both").supplier_late_text, False)
        shown = self._as(lines, "sales").fields_get()
        self.assertNotIn("supplier_late_text", shown)

    def test_lateness_asks_the_same_for_any_number_of_lines(self):
        lines = self.env["sale.order.line"].search(
            [("product_id", "=", self.made_to_order.id)]
        )
        names = ["supplier_late_text", "supplier_grade_id"]
        one = self._statements_of(lambda: lines[:1].read(names))
        self.assertGreater(len(lines), 3)
        self.assertLessEqual(self._statements_of(lambda: lines.read(names)), one)
