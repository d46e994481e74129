from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command

from ..common import BUYER
from .taxes import TaxCommon


class CatalogueCommon(TaxCommon):
    """Builders of what the KPIs beside delivery are made of."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contact = cls._create_contact("Sales desk", email="desk@golden.example.com")
        cls.buyer = cls._create_user("catalogue_buyer", BUYER)

    @classmethod
    def _incident(cls, title, opened="2026-03-12", **vals):
        """Open an incident at noon Shanghai time, for which the supplier answers."""
        opened = opened if " " in opened else f"{opened} 04:00:00"
        with freeze_time(opened):
            return cls.env["supplier.incident"].create(
                {
                    "title": title,
                    "partner_id": cls.supplier.id,
                    "company_id": cls.company.id,
                    "incident_type": "quality",
                    "responsibility": "supplier",
                    "date_opened": opened,
                    **vals,
                }
            )

    # ------------------------------------------------------------
    # Prices
    # ------------------------------------------------------------

    @classmethod
    def _buy(cls, quantity, price, day, **vals):
        """Order what is promised for the day on which it is confirmed."""
        return cls._order(quantity, price, day, confirmed=day, **vals)

    @classmethod
    def _price_fact(cls, line, **scope):
        cls.env.flush_all()
        facts = cls.env["supplier.price.fact"]._with_fact_scope(
            cls._scope(with_excluded=True, **scope)
        )
        return facts.search([("id", "=", line.id * 2)])

    # ------------------------------------------------------------
    # Bills
    # ------------------------------------------------------------

    @classmethod
    def _create_accounts(cls):
        """A payable account, an expense account and a journal of the test company."""
        account = cls.env["account.account"].with_company(cls.company)
        values = {"company_ids": [Command.set(cls.company.ids)]}
        cls.payable = account.create(
            {
                **values,
                "name": "Payable",
                "code": "211100",
                "account_type": "liability_payable",
                "reconcile": True,
            }
        )
        cls.expense = account.create(
            {**values, "name": "Expense", "code": "600100", "account_type": "expense"}
        )
        cls.journal = cls.env["account.journal"].create(
            {
                "name": "Bills",
                "code": "GBILL",
                "type": "purchase",
                "company_id": cls.company.id,
                "default_account_id": cls.expense.id,
            }
        )
        supplier = cls.supplier.with_company(cls.company)
        supplier.property_account_payable_id = cls.payable

    @classmethod
    def _bill(cls, line, quantity, price, day="2026-03-20", **vals):
        """Post a vendor bill of one line.

        :param line: the order line that is billed; an empty recordset: none
        :param price: in the bill's currency, per ``uom`` (the line's by default)
        """
        product = line.product_id or cls.product
        uom = vals.pop("uom", line.product_uom_id or product.uom_id)
        line_vals = vals.pop("line_vals", {})
        bill = (
            cls.env["account.move"]
            .with_company(cls.company)
            .create(
                {
                    "move_type": "in_invoice",
                    "partner_id": (line.partner_id or cls.supplier).id,
                    "invoice_date": day,
                    "date": day,
                    "journal_id": cls.journal.id,
                    "currency_id": (line.currency_id or cls.company.currency_id).id,
                    "invoice_line_ids": [
                        Command.create(
                            {
                                "product_id": product.id,
                                "product_uom_id": uom.id,
                                "quantity": quantity,
                                "price_unit": price,
                                "purchase_line_id": line.id,
                                "account_id": cls.expense.id,
                                "tax_ids": [Command.clear()],
                                **line_vals,
                            }
                        )
                    ],
                    **vals,
                }
            )
        )
        bill.action_post()
        return bill

    @classmethod
    def _refund(cls, bill, day="2026-03-25"):
        """Reverse a whole bill with the wizard."""
        wizard = (
            cls.env["account.move.reversal"]
            .with_company(cls.company)
            .with_context(active_model="account.move", active_ids=bill.ids)
            .create({"date": day, "journal_id": bill.journal_id.id})
        )
        wizard.refund_moves()
        refund = bill.reversal_move_ids
        refund.invoice_date = day
        refund.action_post()
        return refund

    @classmethod
    def _bank(cls, in_books):
        """A bank whose payments are in the books at once, or with the statement."""
        account = cls.env["account.account"].with_company(cls.company)
        known = account.search_count([("account_type", "=", "asset_cash")])
        values = {"company_ids": [Command.set(cls.company.ids)]}
        cash, outstanding = account.create(
            [
                {
                    **values,
                    "name": "Bank",
                    "code": f"1001{known:02}",
                    "account_type": "asset_cash",
                },
                {
                    **values,
                    "name": "Outstanding",
                    "code": f"1002{known:02}",
                    "account_type": "asset_current",
                    "reconcile": True,
                },
            ]
        )
        journal = cls.env["account.journal"].create(
            {
                "name": "Bank",
                "code": f"GB{known}",
                "type": "bank",
                "company_id": cls.company.id,
                "default_account_id": cash.id,
            }
        )
        if in_books:
            journal.outbound_payment_method_line_ids.payment_account_id = outstanding
        return journal

    @classmethod
    def _pay(cls, bills, day, amount=None, in_books=True, **vals):
        """Register a payment of bills.

        :param amount: what is paid of them; all that is open by default
        :param bool in_books: whether the payment has an entry; without, it is one of
            the accounting app
        """
        moves = cls.env["account.move"]
        state = moves._get_invoice_in_payment_state() if in_books else "in_payment"
        with (
            freeze_time(f"{day} 04:00:00"),
            patch.object(
                type(moves), "_get_invoice_in_payment_state", lambda self: state
            ),
        ):
            wizard = (
                cls.env["account.payment.register"]
                .with_company(cls.company)
                .with_context(active_model="account.move", active_ids=bills.ids)
                .create(
                    {
                        "payment_date": day,
                        "journal_id": cls._bank(in_books).id,
                        "group_payment": True,
                        **({"amount": amount} if amount else {}),
                        **vals,
                    }
                )
            )
            payment = wizard._create_payments()
            cls.env.flush_all()
        return payment

    # ------------------------------------------------------------
    # Correspondence
    # ------------------------------------------------------------

    @classmethod
    def _ask(cls, document, when, **vals):
        """Write to the supplier on an order or incident, as the buyer.

        :param str when: UTC
        """
        return cls._write(
            document.with_user(cls.buyer),
            when,
            {
                "author_id": cls.buyer.partner_id.id,
                "partner_ids": document.partner_id.ids,
                **vals,
            },
        )

    @classmethod
    def _answer(cls, document, when, author=None, **vals):
        """Let the supplier, or a contact of it, write back by e-mail."""
        author = author or cls.supplier
        return cls._write(
            document,
            when,
            {"author_id": author.id, "message_type": "email", **vals},
        )

    @classmethod
    def _write(cls, document, when, vals):
        with freeze_time(when):
            return document.with_context(mail_notify_force_send=False).message_post(
                **{
                    "body": "When will it come?",
                    "message_type": "comment",
                    "subtype_xmlid": "mail.mt_comment",
                    **vals,
                }
            )
