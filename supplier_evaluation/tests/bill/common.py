from freezegun import freeze_time

from odoo import Command

from ..fact.common import CatalogueCommon


class BillCommon(CatalogueCommon):
    """A received order of 100 at 10 dollars; builders of terms and payments."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_accounts()
        cls.line = cls._order(100, 10, "2026-03-10")
        cls._receive(cls.line, "2026-03-10")
        cls.nothing = cls.env["purchase.order.line"]

    def _facts(self, **scope):
        return self._bill_facts("supplier.bill.fact", **scope)

    def _payments(self, **scope):
        return self._bill_facts("supplier.payment.fact", **scope)

    def _bill_facts(self, model, **scope):
        self.env.flush_all()
        facts = self.env[model]._with_fact_scope(self._scope(**scope))
        return facts.search([("partner_id", "=", self.supplier.id)])

    @classmethod
    def _term(cls, *parts):
        """A payment term.

        :param parts: per instalment, the percentage and the days
        """
        return cls.env["account.payment.term"].create(
            {
                "name": "Term",
                "line_ids": [
                    Command.create(
                        {
                            "value": "percent",
                            "value_amount": percent,
                            "nb_days": days,
                            "delay_type": "days_after",
                        }
                    )
                    for percent, days in parts
                ],
            }
        )

    @classmethod
    def _down_payment(cls, order, amount, day, **vals):
        """Bill a down payment and put it on the order, as the wizard does."""
        bill = cls._bill(cls.nothing, 1, amount, day=day, **vals)
        cls.env["bill.to.po.wizard"].with_company(cls.company).with_context(
            active_ids=[-bill.invoice_line_ids.id]
        ).create(
            {"purchase_order_id": order.id, "partner_id": order.partner_id.id}
        ).action_add_downpayment()
        return bill

    @classmethod
    def _final_bill(cls, order, day, price=None, **vals):
        """Bill what came of an order, less its down payments.

        :param price: of the goods; as ordered by default
        """
        with freeze_time(f"{day} 04:00:00"):
            order.with_company(cls.company).action_create_invoice()
        bill = order.invoice_ids.filtered(lambda bill: bill.state == "draft")
        bill.write({"invoice_date": day, "date": day, **vals})
        lines = bill.invoice_line_ids.filtered(lambda line: line.product_id)
        if price is not None:
            lines.filtered(lambda line: not line.is_downpayment).price_unit = price
        bill.action_post()
        return bill

    @classmethod
    def _reconcile(cls, moves):
        lines = moves.line_ids.filtered(lambda line: line.account_id == cls.payable)
        lines.reconcile()

    @classmethod
    def _advance(cls, amount, day):
        """Money that went to the supplier, in an entry of the bank."""
        journal = cls._bank(in_books=True)
        sides = ((cls.payable, amount), (journal.default_account_id, -amount))
        entry = cls.env["account.move"].create(
            {
                "journal_id": journal.id,
                "date": day,
                "line_ids": [
                    Command.create(
                        {
                            "account_id": account.id,
                            "partner_id": cls.supplier.id,
                            "balance": balance,
                        }
                    )
                    for account, balance in sides
                ],
            }
        )
        entry.action_post()
        return entry

    @classmethod
    def _statement(cls, bill, amount, day):
        """Money that left the bank by a line of its statement, for a bill."""
        lines = cls.env["account.bank.statement.line"].with_company(cls.company)
        journal = cls._bank(in_books=False)
        journal.suspense_account_id = cls.expense
        line = lines.create(
            {
                "journal_id": journal.id,
                "date": day,
                "amount": -amount,
                "payment_ref": "Transfer",
                "partner_id": bill.partner_id.id,
            }
        )
        _liquidity, suspense, _other = line._seek_for_lines()
        suspense.with_context(skip_readonly_check=True).account_id = cls.payable
        cls._reconcile(line.move_id | bill)
        return line

    @classmethod
    def _exchange_journal(cls):
        cls.company.write(
            {
                "currency_exchange_journal_id": cls.env["account.journal"]
                .create(
                    {
                        "name": "Exchange",
                        "code": "GEXCH",
                        "type": "general",
                        "company_id": cls.company.id,
                    }
                )
                .id,
                "income_currency_exchange_account_id": cls.expense.id,
                "expense_currency_exchange_account_id": cls.expense.id,
            }
        )
