"""Who applies as a supplier: two in the pool, one claimed, one whom we know."""

from __future__ import annotations

import base64

from odoo import Command

from .qualifying import QUIET

# The smallest paper that a viewer opens.
PAPER = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


class Applying:
    """Opens one company to applications, and lets some companies apply.

    :param following: what happens in this company
    """

    def __init__(self, following):
        self.company = following.company
        self.env = following.env(context={**following.env.context, **QUIET})
        self.people = following.people
        self.partners = following.partners
        self.products = following.products
        self.words = following.words

    def open(self) -> None:
        """Ask for a licence and a quality certificate; most categories are open."""
        types = self.env["supplier.document.type"].search([], order="sequence", limit=2)
        self.company.write(
            {
                "supplier_application_open": True,
                "supplier_application_type_ids": [Command.set(types.ids)],
            }
        )
        categories = self.env["product.category"]
        for product in self.products.values():
            categories |= product.categ_id
        categories.supplier_open_to_applications = True

    def apply(self) -> None:
        words = self.words
        self._apply(
            words("Northern Light Tooling"),
            "SE",
            "SE556677889901",
            words("Drive shaft"),
            words("We make shafts up to 2 m, in lots from one piece."),
        )
        self._apply(
            words("Harbour Seals"),
            "PT",
            "PT509442013",
            words("Seal ring"),
            words("Seals for food and chemistry; samples within a week."),
        )
        claimed = self._apply(
            words("Riverside Springs"),
            "GB",
            "GB731223410",
            words("Compression spring"),
            words("You met us at the fair in Sheffield."),
        )
        claimed.with_user(self.people["buyer"]).action_claim()
        known = self.partners["Clockwork Bearings"]
        self._apply(
            f"{known.name.upper()} INC.",
            known.country_id.code,
            known.vat or "US341234567",
            words("Ball bearing 6204"),
            words("We heard that one can apply here."),
        )
        applications = self.env["supplier.application"]
        applications.search([("is_compared", "=", False)])._compare()

    def _apply(self, name, country, number, product, message):
        """Return an application that was confirmed by mail."""
        first = number[:2].lower() + number[-4:]
        country = self.env["res.country"].search([("code", "=", country)])
        product = self.env["product.product"].search([("name", "=", product)], limit=1)
        kind = self.company.supplier_application_type_ids[:1]
        applications = self.env["supplier.application"]
        application = applications._receive(
            self.company,
            {
                "company_name": name,
                "country_id": country.id,
                "tax_id": number,
                "contact_name": self.words("Sales Desk"),
                "email": f"sales@{first}.example.com",
                "message": message,
                "category_ids": [Command.set(product.categ_id.ids)],
                "lang": self.env.lang,
            },
            [
                {
                    "type_id": kind.id,
                    "number": number[-6:],
                    "date_to": "2031-12-31",
                    "file": base64.b64encode(PAPER),
                    "filename": "licence.pdf",
                }
            ],
        )
        application.with_env(self.env)._confirm()
        return application.with_env(self.env)
