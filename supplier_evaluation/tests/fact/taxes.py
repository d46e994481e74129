from ..common import SupplierEvaluationCommon


class TaxCommon(SupplierEvaluationCommon):
    """A builder of taxes that prices have in them."""

    @classmethod
    def _tax(cls, amount, **vals):
        """A purchase tax of the company that prices have in them."""
        country = cls.env.ref("base.us")
        group = cls.env["account.tax.group"].create(
            {
                "name": "Purchases",
                "company_id": cls.company.id,
                "country_id": country.id,
            }
        )
        return cls.env["account.tax"].create(
            {
                "tax_group_id": group.id,
                "name": f"{amount} included, {group.id}",
                "amount": amount,
                "type_tax_use": "purchase",
                "price_include_override": "tax_included",
                "company_id": cls.company.id,
                "country_id": country.id,
                **vals,
            }
        )
