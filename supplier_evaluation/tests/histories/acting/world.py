"""Companies, warehouses, products and accounts that the histories happen in."""

from __future__ import annotations

from odoo import Command

from ..catalogue import (
    CLOTH,
    COMPANIES,
    DOZEN,
    EURO_RATES,
    METRE,
    PLACES,
    PRODUCTS,
    TAX,
    TERMS,
    UNIT,
    YARD,
    euro,
)
from ..records import Money, Product


def quiet(env):
    """An environment that writes no mails and tracks no changes."""
    return env(
        context={
            **env.context,
            "tracking_disable": True,
            "mail_create_nolog": True,
            "mail_create_nosubscribe": True,
            "mail_notrack": True,
        }
    )


class World:
    """One company, with what its histories need."""

    def __init__(self, env, name, tz, currency, rounding):
        self.tz = tz
        self.own = Money(currency, rounding)
        self.euro = euro()
        self.company = self._create_company(env, name, currency)
        self.env = quiet(env)(
            context={
                **quiet(env).context,
                "allowed_company_ids": self.company.ids,
            }
        )
        self.company = self.company.with_env(self.env)
        self.units = self._units()
        self.products = {}
        for product in PRODUCTS:
            if product.kind != "kit" or self.has_kits:
                self.products[product] = self._create_product(product)
        self.warehouses = {place: self._create_warehouse(place) for place in PLACES}
        self._create_accounts()
        self.tax = self._create_tax()
        self.kpis = self.env["supplier.kpi"].search([])
        self.codes = set(self.kpis.mapped("code"))
        self.terms = {parts: self._create_term(parts) for parts in TERMS if parts}

    @classmethod
    def all(cls, env) -> list[World]:
        return [cls(env, *values) for values in COMPANIES]

    @property
    def has_kits(self) -> bool:
        return "mrp.bom" in self.env

    def currency(self, money: Money):
        return self.currencies[money.name]

    # ------------------------------------------------------------
    # Building
    # ------------------------------------------------------------

    def _create_company(self, env, name, currency):
        env = quiet(env)
        found = env["res.currency"].with_context(active_test=False)
        self.currencies = {
            code: found.search([("name", "=", code)]) for code in (currency, "EUR")
        }
        for record in self.currencies.values():
            record.active = True
        company = env["res.company"].create(
            {"name": name, "currency_id": self.currencies[currency].id}
        )
        company.partner_id.tz = self.tz
        env.user.company_ids |= company
        env["res.currency.rate"].create(
            [
                {
                    "name": day,
                    "currency_id": self.currencies["EUR"].id,
                    "company_id": company.id,
                    "rate": float(rate),
                }
                for day, rate in EURO_RATES
            ]
        )
        return company

    def _units(self):
        metre = self.env.ref("uom.product_uom_meter")
        yard = self.env["uom.uom"].create(
            {
                "name": "Yard of the histories",
                "relative_uom_id": metre.id,
                "relative_factor": 0.9144,
            }
        )
        return {
            UNIT: self.env.ref("uom.product_uom_unit"),
            DOZEN: self.env.ref("uom.product_uom_dozen"),
            METRE: metre,
            YARD: yard,
        }

    def _create_product(self, product: Product):
        unit = METRE if product is CLOTH else UNIT
        record = self.env["product.product"].create(
            {
                "name": product.name,
                "type": "service" if product.kind == "service" else "consu",
                "is_storable": product.kind != "service",
                "uom_id": self.units[unit].id,
                "purchase_method": "purchase",
                "company_id": self.company.id,
                "taxes_id": [Command.clear()],
                "supplier_taxes_id": [Command.clear()],
            }
        )
        if product.kind == "kit":
            self._create_recipe(record, product)
        return record

    def _create_recipe(self, record, product: Product):
        self.env["mrp.bom"].create(
            {
                "product_tmpl_id": record.product_tmpl_id.id,
                "product_qty": 1,
                "type": "phantom",
                "company_id": self.company.id,
                "bom_line_ids": [
                    Command.create(
                        {
                            "product_id": self.products[component].id,
                            "product_qty": float(number),
                        }
                    )
                    for component, number in product.recipe
                ],
            }
        )

    def _create_warehouse(self, place):
        warehouses = self.env["stock.warehouse"]
        code = f"H{PLACES.index(place)}"
        warehouse = warehouses.create(
            {
                "name": f"{self.company.name} {place}",
                "code": code,
                "company_id": self.company.id,
                "partner_id": self.company.partner_id.id,
                "reception_steps": place,
            }
        )
        self.quarantines = getattr(self, "quarantines", {})
        self.quarantines[place] = self.env["stock.location"].create(
            {
                "name": "Quarantine",
                "usage": "internal",
                "location_id": warehouse.view_location_id.id,
                "company_id": self.company.id,
            }
        )
        return warehouse

    def _create_accounts(self):
        account = self.env["account.account"]
        common = {"company_ids": [Command.set(self.company.ids)]}

        def create(name, code, kind, **vals):
            return account.create(
                {**common, "name": name, "code": code, "account_type": kind, **vals}
            )

        self.payable = create("Payable", "211100", "liability_payable", reconcile=True)
        self.expense = create("Expense", "600100", "expense")
        self.exchange = create("Exchange", "600200", "expense")
        cash = create("Bank", "100100", "asset_cash")
        journals = self.env["account.journal"]
        self.bills = journals.create(
            {
                "name": "Bills",
                "code": "HBILL",
                "type": "purchase",
                "company_id": self.company.id,
                "default_account_id": self.expense.id,
            }
        )
        self.bank = journals.create(
            {
                "name": "Bank",
                "code": "HBANK",
                "type": "bank",
                "company_id": self.company.id,
                "default_account_id": cash.id,
            }
        )
        # Payments are of the bank itself, and so settle what they pay at once.
        methods = self.bank.outbound_payment_method_line_ids
        methods.payment_account_id = cash
        rates = journals.create(
            {
                "name": "Exchange",
                "code": "HEXCH",
                "type": "general",
                "company_id": self.company.id,
            }
        )
        self.company.write(
            {
                "currency_exchange_journal_id": rates.id,
                "income_currency_exchange_account_id": self.exchange.id,
                "expense_currency_exchange_account_id": self.exchange.id,
            }
        )

    def _create_tax(self):
        country = self.env.ref("base.us")
        group = self.env["account.tax.group"].create(
            {"name": "20 %", "company_id": self.company.id, "country_id": country.id}
        )
        return self.env["account.tax"].create(
            {
                "name": "20 % inside",
                "amount": float(TAX),
                "type_tax_use": "purchase",
                "price_include_override": "tax_included",
                "company_id": self.company.id,
                "country_id": country.id,
                "tax_group_id": group.id,
            }
        )

    def _create_term(self, parts):
        return self.env["account.payment.term"].create(
            {
                "name": f"{self.company.name} {parts}",
                "company_id": self.company.id,
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
