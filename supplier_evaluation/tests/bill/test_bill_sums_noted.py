"""Whatever changes what bills and payments are made of, the figures follow."""

from odoo import Command
from odoo.tests import tagged
from odoo.tools import SQL

from ..fact import sums
from .summing import BillSumsCommon

# What is changed by SQL that no ORM sees.
OF_BILLS = {
    "a bill is booked later": "UPDATE account_move SET date = '2026-03-29'"
    " WHERE id = %(bill)s",
    "a bill is of another day": "UPDATE account_move SET invoice_date = '2026-03-02'"
    " WHERE id = %(bill)s",
    "a bill is not posted": "UPDATE account_move SET state = 'draft'"
    " WHERE id = %(bill)s",
    "a bill is a refund": "UPDATE account_move SET move_type = 'in_refund'"
    " WHERE id = %(bill)s",
    "a bill has another rate": "UPDATE account_move SET invoice_currency_rate = 7"
    " WHERE id = %(foreign)s",
    "a bill is in another currency": "UPDATE account_move SET currency_id = %(dollar)s"
    " WHERE id = %(foreign)s",
    "a bill is of more": "UPDATE account_move SET amount_total = 9999"
    " WHERE id = %(bill)s",
    "a refunded bill is of more": "UPDATE account_move SET amount_total = 9999"
    " WHERE id = %(refunded)s",
    "a bill is of somebody else": "UPDATE account_move SET partner_id = %(stranger)s"
    " WHERE id = %(bill)s",
    "a bill is of another company": "UPDATE account_move SET company_id = ("
    "SELECT MIN(id) FROM res_company) WHERE id = %(bill)s",
    "a bill has no term": "UPDATE account_move SET invoice_payment_term_id = NULL"
    " WHERE id = %(bill)s",
    "a bill is gone": "DELETE FROM account_move WHERE id = %(foreign)s",
    "a refund is later": "UPDATE account_move SET date = '2026-03-29'"
    " WHERE id = %(refund)s",
    "a refund is not posted": "UPDATE account_move SET state = 'draft'"
    " WHERE id = %(refund)s",
    "a refund is of nothing": "UPDATE account_move SET reversed_entry_id = NULL"
    " WHERE id = %(refund)s; DELETE FROM account_partial_reconcile"
    " WHERE debit_move_id IN (SELECT id FROM account_move_line"
    " WHERE move_id = %(refund)s)",
    "a refund is of another bill": "UPDATE account_move"
    " SET reversed_entry_id = %(bill)s WHERE id = %(refund)s",
    "a refund is of less": "UPDATE account_move SET amount_total = 1"
    " WHERE id = %(refund)s",
    "a refund is gone": "DELETE FROM account_partial_reconcile"
    " WHERE debit_move_id IN (SELECT id FROM account_move_line"
    " WHERE move_id = %(refund)s); DELETE FROM account_move WHERE id = %(refund)s",
}
OF_LINES = {
    "a line is of more": "UPDATE account_move_line SET quantity = 50"
    " WHERE id = %(line)s",
    "a line costs more": "UPDATE account_move_line SET price_unit = 12,"
    " price_subtotal = 480 WHERE id = %(line)s",
    "a line is worth more": "UPDATE account_move_line SET balance = 999"
    " WHERE id = %(line)s",
    "a line has a discount": "UPDATE account_move_line SET discount = 20,"
    " price_subtotal = 352 WHERE id = %(line)s",
    "a line is of another product": "UPDATE account_move_line"
    " SET product_id = %(other_product)s WHERE id = %(line)s",
    "a line is in dozens": "UPDATE account_move_line SET product_uom_id = %(dozen)s"
    " WHERE id = %(line)s",
    "a line is of no order": "UPDATE account_move_line SET purchase_line_id = NULL"
    " WHERE id = %(line)s",
    "a line is a down payment": "UPDATE account_move_line SET is_downpayment = TRUE"
    " WHERE id = %(line)s",
    "a line is of rounding": "UPDATE account_move_line SET display_type = 'rounding'"
    " WHERE id = %(line)s",
    "a line is of another bill": "UPDATE account_move_line SET move_id = %(foreign)s"
    " WHERE id = %(line)s",
    "a line is gone": "DELETE FROM account_move_line WHERE id = %(line)s",
    "a refund's goods cost less": "UPDATE account_move_line SET price_subtotal = 1"
    " WHERE move_id = %(refund)s AND display_type = 'product'",
    "it is due later": "UPDATE account_move_line SET date_maturity = '2026-12-01'"
    " WHERE move_id = %(bill)s AND display_type = 'payment_term'",
    "a line has no tax": "DELETE FROM account_move_line_account_tax_rel"
    " WHERE account_move_line_id = %(taxed)s",
    "a line has a tax": "INSERT INTO account_move_line_account_tax_rel"
    " (account_move_line_id, account_tax_id) VALUES (%(small)s, %(tax)s)",
}
OF_PAYMENTS = {
    "it was paid later": "UPDATE account_move_line SET date = '2026-03-30'"
    " WHERE move_id = %(entry)s",
    "an entry is not posted": "UPDATE account_move SET state = 'draft'"
    " WHERE id = %(entry)s",
    "an entry is of exchange rates": "UPDATE account_move SET journal_id = %(journal)s"
    " WHERE id = %(entry)s",
    "an entry is no payment": "UPDATE account_move SET move_type = 'in_refund'"
    " WHERE id = %(entry)s",
    "less was paid": "UPDATE account_partial_reconcile SET credit_amount_currency = 1"
    " WHERE credit_move_id = %(due)s",
    "nothing was paid": "DELETE FROM account_partial_reconcile"
    " WHERE credit_move_id = %(due)s",
    "another bill was paid": "UPDATE account_partial_reconcile"
    " SET credit_move_id = %(foreign_due)s WHERE credit_move_id = %(due)s",
    "a refund paid the bill": "UPDATE account_partial_reconcile SET debit_move_id = ("
    "SELECT id FROM account_move_line WHERE move_id = %(refund)s"
    " AND display_type = 'payment_term') WHERE credit_move_id = %(due)s",
    "a payment is later": "UPDATE account_payment SET date = '2026-03-29'"
    " WHERE id = %(payment)s",
    "a payment is of less": "UPDATE account_payment SET amount = 1"
    " WHERE id = %(payment)s",
    "a payment is in euros": "UPDATE account_payment SET currency_id = %(euro)s"
    " WHERE id = %(part)s",
    "a payment is cancelled": "UPDATE account_payment SET state = 'canceled'"
    " WHERE id = %(payment)s",
    "a payment came in": "UPDATE account_payment SET payment_type = 'inbound'"
    " WHERE id = %(payment)s",
    "a payment has an entry": "UPDATE account_payment SET move_id = %(entry)s"
    " WHERE id = %(payment)s",
    "a payment is of no bill": "DELETE FROM account_move__account_payment"
    " WHERE payment_id = %(payment)s",
    "a payment is of another bill": "UPDATE account_move__account_payment"
    " SET invoice_id = %(foreign)s WHERE payment_id = %(payment)s",
}
OF_ORDERS = {
    "an order line is left out": "UPDATE purchase_order_line"
    " SET supplier_exclusion = 'manual' WHERE id = %(ordered)s",
    "an order line is a down payment": "UPDATE purchase_order_line"
    " SET is_downpayment = TRUE WHERE id = %(ordered)s",
    "an order line costs more": "UPDATE purchase_order_line"
    " SET price_unit = 12, price_subtotal = 1200 WHERE id = %(ordered)s",
    "an order line has a discount": "UPDATE purchase_order_line"
    " SET discount = 10, price_subtotal = 900 WHERE id = %(ordered)s",
    "an order line is in dozens": "UPDATE purchase_order_line"
    " SET product_uom_id = %(dozen)s WHERE id = %(ordered)s",
    "an order line is of another order": "UPDATE purchase_order_line"
    " SET order_id = %(other_order)s WHERE id = %(ordered)s",
    "an order line is of euros": "UPDATE purchase_order SET currency_id = %(euro)s"
    " WHERE id = %(other_order)s",
    "an order has another rate": "UPDATE purchase_order SET currency_rate = 4"
    " WHERE id = %(other_order)s",
    "an order line has no tax": "DELETE FROM account_tax_purchase_order_line_rel"
    " WHERE purchase_order_line_id = %(taxed_ordered)s",
}
OF_OTHERS = {
    "a supplier is of another": "UPDATE res_partner"
    " SET commercial_partner_id = %(stranger)s WHERE id = %(supplier)s",
    "a product is of another kind": "UPDATE product_product"
    " SET product_tmpl_id = %(other_template)s, combination_indices = 'x'"
    " WHERE id = %(product)s",
    "a product is counted in dozens": "UPDATE product_template"
    " SET uom_id = %(dozen)s WHERE id = %(template)s",
    "a unit is another": "UPDATE uom_uom SET factor = factor * 2 WHERE id = %(dozen)s",
    "a tax is higher": "UPDATE account_tax SET amount = 50 WHERE id = %(tax)s",
    "a currency is coarser": "UPDATE res_currency SET rounding = 1000"
    " WHERE id = %(dollar)s",
    "the company has another currency": "UPDATE res_company SET currency_id = %(yen)s"
    " WHERE id = %(company)s",
    "the company has another journal": "UPDATE res_company"
    " SET currency_exchange_journal_id = ("
    "SELECT journal_id FROM account_move WHERE id = %(entry)s) WHERE id = %(company)s",
}
CUTOFFS = ((3, 23), (4, 4))


@tagged("post_install", "-at_install")
class TestBillSumsNoted(BillSumsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._exchange_journal()
        cls.euro = cls._euros({"2026-01-01": 0.5})
        cls.company.account_fiscal_country_id = cls.env.ref("base.us")
        cls.tax = cls._tax(20)
        dozen = cls.uom_dozen.id
        cls.other_product = cls._create_product("Nut", uom_id=dozen)
        term = {"invoice_payment_term_id": cls._term((100, 30)).id}
        cls.bill = cls._bill(cls.line, 40, 11, "2026-03-05", **term)
        cls.entry = cls._pay(cls.bill, "2026-03-20").move_id
        cls.outside = cls._bill(cls.line, 10, 10, "2026-03-06", **term)
        cls.payment = cls._pay(cls.outside, "2026-03-18", in_books=False)
        cls.refunded = cls._bill(cls.line, 20, 10, "2026-03-07", **term)
        cls.refund = cls._credit(cls.refunded, 12, 10, "2026-03-21")
        cls._credit(cls.refunded, 8, 10, "2026-03-27")
        euros = {"currency_id": cls.euro.id, **term}
        cls.foreign_line = cls._order(10, 10, "2026-03-10")
        cls.foreign = cls._bill(cls.foreign_line, 10, 5.5, "2026-03-08", **euros)
        dozen_bill = {"uom": cls.uom_dozen, **euros}
        cls._bill(cls.foreign_line, 1, 66, "2026-03-08", **dozen_bill)
        paid_in_part = cls._bill(cls.line, 10, 10, "2026-03-08", **term)
        cls.part = cls._pay(paid_in_part, "2026-03-19", amount=60, in_books=False)
        # A price with tax inside, of an amount so small that the tax is looked up.
        cls.small_line = cls._order(1, 0.1, "2026-03-10")
        cls.small_line.tax_ids = cls.tax
        taxed = {"tax_ids": [Command.set(cls.tax.ids)]}
        cls.taxed = cls._bill(
            cls.small_line, 1, 0.22, "2026-03-09", line_vals=taxed, **term
        )
        cls.small = cls._bill(cls.small_line, 1, 0.24, "2026-03-09", **term)
        sums.build(cls.env)

    def setUp(self):
        super().setUp()
        self.ids = {
            "bill": self.bill.id,
            "line": self.bill.invoice_line_ids.id,
            "due": self._due(self.bill),
            "entry": self.entry.id,
            "payment": self.payment.id,
            "part": self.part.id,
            "refunded": self.refunded.id,
            "refund": self.refund.id,
            "foreign": self.foreign.id,
            "foreign_due": self._due(self.foreign),
            "taxed": self.taxed.invoice_line_ids.id,
            "taxed_ordered": self.small_line.id,
            "small": self.small.invoice_line_ids.id,
            "tax": self.tax.id,
            "euro": self.euro.id,
            "dollar": self.company.currency_id.id,
            "yen": self.env.ref("base.JPY").id,
            "journal": self.company.currency_exchange_journal_id.id,
            "company": self.company.id,
            "stranger": self.company.partner_id.id,
            "supplier": self.supplier.id,
            "ordered": self.line.id,
            "other_order": self.foreign_line.order_id.id,
            "product": self.product.id,
            "template": self.product.product_tmpl_id.id,
            "other_product": self.other_product.id,
            "other_template": self.other_product.product_tmpl_id.id,
            "dozen": self.uom_dozen.id,
        }

    @classmethod
    def _due(cls, bill):
        lines = bill.line_ids.filtered(lambda one: one.display_type == "payment_term")
        return lines.id

    def test_nothing_is_live_that_did_not_change(self):
        self._assert_noted(self.env["account.move"])
        self._assert_same(*CUTOFFS)

    def test_bills(self):
        self._check(OF_BILLS)

    def test_lines(self):
        self._check(OF_LINES)

    def test_payments(self):
        self._check(OF_PAYMENTS)

    def test_orders(self):
        self._check(OF_ORDERS)

    def test_others(self):
        self._check(OF_OTHERS)

    def _check(self, changes):
        before = self._rows(sums.live_rows, *CUTOFFS)
        for what, statement in changes.items():
            with self.subTest(what), self.env.cr.savepoint() as savepoint:
                self.env.cr.execute(SQL(statement, **self.ids))
                self.env.invalidate_all()
                self.assertTrue(self.changes.search_count([]), "Nobody noted it")
                live = self._rows(sums.live_rows, *CUTOFFS)
                self.assertFalse(before == live, "It changes no figure")
                self._assert_says(live, *CUTOFFS)
                self.changes._catch_up()
                self._assert_says(live, *CUTOFFS)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_only_what_changed_is_live(self):
        self.env.cr.execute(SQL(OF_LINES["a line is of more"], **self.ids))
        self._assert_noted(self.bill)

    def test_a_refund_is_about_all_that_refund_the_bill(self):
        self.env.cr.execute(SQL(OF_BILLS["a refund is of less"], **self.ids))
        self._assert_noted(self.refunded | self.refunded.reversal_move_ids)

    def test_what_changes_no_figure_is_not_noted(self):
        self.env.cr.execute("UPDATE account_move SET ref = 'x', write_date = NOW()")
        self.env.cr.execute("UPDATE account_move_line SET name = 'x'")
        self.env.cr.execute("UPDATE account_payment SET memo = 'x'")
        self.assertFalse(self.changes.search([]))

    def test_customers_are_not_noted(self):
        """Invoices, and what pays them, are in the same tables."""
        income = self.expense.copy({"name": "Income", "account_type": "income"})
        journal = self.journal.copy(
            {"type": "sale", "code": "GSALE", "default_account_id": income.id}
        )
        receivable = self.expense.copy(
            {"name": "Due", "account_type": "asset_receivable", "reconcile": True}
        )
        supplier = self.supplier.with_company(self.company)
        supplier.property_account_receivable_id = receivable
        invoice = self._bill(
            self.nothing,
            1,
            10,
            move_type="out_invoice",
            journal_id=journal.id,
            line_vals={"account_id": income.id},
        )
        self._pay(invoice, "2026-03-22", in_books=False)
        self.env.flush_all()
        noted = self.changes._noted()
        self.assertFalse(noted.keys() & {"bill", "refunded", "payment"}, noted)
