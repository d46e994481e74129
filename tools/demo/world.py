"""Creates companies, currencies, products and suppliers in an empty database."""

from __future__ import annotations

from datetime import date

from odoo import Command

from . import papers
from .catalogue import COMPANIES, HERE, PEOPLE, PRODUCTS, RATES
from .suppliers import SUPPLIERS
from .words import ENGLISH, Words


def speaking(env, lang: str):
    """Return the environment in a language, which is loaded; who logs in reads it."""
    if lang == ENGLISH:
        return env
    env["res.lang"]._activate_lang(lang)
    modules = env["ir.module.module"].search([("state", "=", "installed")])
    modules._update_translations([lang])
    # Whoever is created speaks it; these two are there already.
    env["ir.default"].set("res.partner", "lang", lang)
    for name in ("user_admin", "main_company"):
        env.ref(f"base.{name}").partner_id.lang = lang
    return env(context={**env.context, "lang": lang})


class World:
    """The records that history is made of, by the names of the catalogue.

    :param env: a superuser's environment
    :param months: the first day of every month that needs exchange rates
    :param words: what everything is called
    """

    def __init__(self, env, months: list[date], words: Words):
        self.env = env
        self.words = words
        self._currencies, self._rates = {}, {}
        self._activate_currencies(months)
        self.companies = self._companies()
        self._open_to_admin()
        self.people = self._people()
        self.payment_terms = {}
        self._require_papers()
        self.products = self._products()
        self.partners = {each.name: self._partner(each) for each in SUPPLIERS}

    def currency(self, code):
        """A currency; remembered, as every line of an order asks for it."""
        if code not in self._currencies:
            self._currencies[code] = self.env.ref(f"base.{code}")
        return self._currencies[code]

    def rate(self, code: str, day: date) -> float:
        """How much of a currency one US dollar is worth; remembered, too."""
        if (code, day) not in self._rates:
            self._rates[code, day] = self.currency("USD")._convert(
                1, self.currency(code), self.companies[HERE], day, round=False
            )
        return self._rates[code, day]

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
            name = self.words(each.name)
            values = {"name": name, "currency_id": self.currency(each.currency).id}
            if each.name == HERE:
                company = self.env.ref("base.main_company")
                company.name = name
                warehouses = self.env["stock.warehouse"]
                warehouses.search([("company_id", "=", company.id)]).name = name
            else:
                company = self.env["res.company"].create(values)
                self.env["stock.warehouse"].create({"company_id": company.id})
            company.partner_id.write(
                {
                    "tz": each.tz,
                    "city": self.words(each.city),
                    "country_id": self.env.ref(f"base.{each.country}").id,
                }
            )
            self._open_books(company, each)
            companies[each.name] = company
        return companies

    def _open_books(self, company, each):
        """A chart of accounts: bills need one. It brings a currency of its own."""
        if not company.chart_template:
            charts = self.env["account.chart.template"]
            charts.try_loading("generic_coa", company, install_demo=False)
        company.currency_id = self.currency(each.currency)

    def _people(self):
        """Users who write to suppliers and review them; they cannot log in."""
        users = self.env["res.users"].with_context(no_reset_password=True)
        companies = list(self.companies.values())
        return {
            role: users.create(
                {
                    "name": self.words(person.name),
                    "login": person.name.lower().replace(" ", "."),
                    "email": f"{person.name.split()[0].lower()}@meridian.example",
                    "tz": COMPANIES[0].tz,
                    "notification_type": "inbox",
                    "company_id": companies[0].id,
                    "company_ids": [Command.set([each.id for each in companies])],
                    "group_ids": [
                        Command.link(self.env.ref(group).id) for group in person.groups
                    ],
                }
            )
            for role, person in PEOPLE.items()
        }

    def _require_papers(self):
        tiers = [
            self.env.ref(f"supplier_evaluation.supplier_tier_{tier}").id
            for tier in papers.REQUIRED_TIERS
        ]
        for kind in papers.REQUIRED:
            self.env.ref(f"supplier_evaluation.supplier_document_type_{kind}").write(
                {"is_required": True, "tier_ids": [Command.set(tiers)]}
            )

    def _payment_term(self, payment):
        """The term of an external identifier, or one of so many days."""
        if isinstance(payment, str):
            return self.env.ref(payment)
        if payment not in self.payment_terms:
            line = {"value": "percent", "value_amount": 100, "nb_days": payment}
            self.payment_terms[payment] = self.env["account.payment.term"].create(
                {
                    "name": self.words("%(days)s days", days=payment),
                    "line_ids": [Command.create(line)],
                }
            )
        return self.payment_terms[payment]

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
            name: self.env["product.category"].create({"name": self.words(name)}).id
            for name in names
        }
        return {
            code: self.env["product.product"].create(
                {
                    "name": self.words(product.name),
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
        # Nobody has an address in this domain: the demo can write to nobody.
        domain = f"{supplier.name.split()[0].lower()}.example"
        partner = self.env["res.partner"].create(
            {
                "name": self.words(supplier.name),
                "is_company": True,
                "supplier_rank": 1,
                "email": f"orders@{domain}",
                "buyer_id": self.people["buyer"].id,
                "city": self.words(supplier.city),
                "country_id": self.env.ref(f"base.{supplier.country}").id,
                "comment": self.words(
                    "Demo supplier: %(character)s.",
                    character=self.words(supplier.character),
                ),
                "child_ids": [
                    Command.create(
                        {
                            "name": self.words(supplier.contact),
                            "email": f"sales@{domain}",
                        }
                    )
                ]
                if supplier.contact
                else [],
            }
        )
        tier = self.env.ref(f"supplier_evaluation.supplier_tier_{supplier.tier}")
        for name, _orders in supplier.orders:
            own = partner.with_company(self.companies[name])
            own.supplier_tier_id = tier
            own.property_supplier_payment_term_id = self._payment_term(supplier.payment)
            if supplier.currency:
                own.property_purchase_currency_id = self.currency(supplier.currency)
        return partner
