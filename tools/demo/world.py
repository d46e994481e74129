"""Creates companies, currencies, products and suppliers in an empty database."""

from __future__ import annotations

from datetime import date

from odoo import Command

from .catalogue import COMPANIES, HERE, PRODUCTS, RATES
from .suppliers import SUPPLIERS


class World:
    """The records that history is made of, by the names of the catalogue.

    :param env: a superuser's environment
    :param months: the first day of every month that needs exchange rates
    """

    def __init__(self, env, months: list[date]):
        self.env = env
        self._activate_currencies(months)
        self.companies = self._companies()
        self._open_to_admin()
        self.products = self._products()
        self.partners = {each.name: self._partner(each) for each in SUPPLIERS}

    def currency(self, code):
        return self.env.ref(f"base.{code}")

    def rate(self, code: str, day: date) -> float:
        """How much of a currency one US dollar is worth."""
        return self.currency("USD")._convert(
            1, self.currency(code), self.companies[HERE], day, round=False
        )

    def _activate_currencies(self, months):
        for code, (first, step) in RATES.items():
            self.currency(code).active = True
            self.env["res.currency.rate"].create(
                {
                    "name": month,
                    "currency_id": self.currency(code).id,
                    "rate": first + step * index,
                    "company_id": False,
                }
                for index, month in enumerate(months)
            )

    def _companies(self):
        companies = {}
        for each in COMPANIES:
            values = {"name": each.name, "currency_id": self.currency(each.currency).id}
            if each.name == HERE:
                company = self.env.ref("base.main_company")
                company.name = each.name
            else:
                company = self.env["res.company"].create(values)
                self.env["stock.warehouse"].create({"company_id": company.id})
            company.partner_id.write(
                {"tz": each.tz, "country_id": self.env.ref(f"base.{each.country}").id}
            )
            companies[each.name] = company
        return companies

    def _open_to_admin(self):
        """Who logs in to look at the demo sees both companies, and units."""
        admin = self.env.ref("base.user_admin")
        admin.tz = COMPANIES[0].tz
        admin.company_ids = [
            Command.link(company.id) for company in self.companies.values()
        ]
        for group in ("uom.group_uom", "base.group_multi_currency"):
            self.env.ref("base.group_user").implied_ids = [
                Command.link(self.env.ref(group).id)
            ]

    def _products(self):
        names = dict.fromkeys(product.category for product in PRODUCTS.values())
        categories = {
            name: self.env["product.category"].create({"name": name}).id
            for name in names
        }
        return {
            code: self.env["product.product"].create(
                {
                    "name": product.name,
                    "default_code": code,
                    "categ_id": categories[product.category],
                    "type": "service" if product.is_service else "consu",
                    "is_storable": not product.is_service,
                    "uom_id": self.env.ref(f"uom.product_uom_{product.uom}").id,
                    "standard_price": product.price,
                    "purchase_ok": True,
                    "supplier_taxes_id": False,
                    "sale_ok": False,
                }
            )
            for code, product in PRODUCTS.items()
        }

    def _partner(self, supplier):
        partner = self.env["res.partner"].create(
            {
                "name": supplier.name,
                "is_company": True,
                "supplier_rank": 1,
                "country_id": self.env.ref(f"base.{supplier.country}").id,
                "comment": f"Demo supplier: {supplier.character}.",
                "child_ids": [Command.create({"name": supplier.contact})]
                if supplier.contact
                else [],
            }
        )
        tier = self.env.ref(f"supplier_evaluation.supplier_tier_{supplier.tier}")
        for name, _orders in supplier.orders:
            own = partner.with_company(self.companies[name])
            own.supplier_tier_id = tier
            if supplier.currency:
                own.property_purchase_currency_id = self.currency(supplier.currency)
        return partner
