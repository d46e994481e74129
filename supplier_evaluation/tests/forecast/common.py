from datetime import date, timedelta

from freezegun import freeze_time

from ..common import BUYER, SupplierEvaluationCommon

NOW = "2026-05-01 04:00:00"
FIRST = date(2026, 3, 2)


class ForecastCommon(SupplierEvaluationCommon):
    """One supplier is late with a product every second time, its peers never."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls._create_people("forecast", {"buyer": BUYER})
        cls.forecasts = cls.env["supplier.delivery.forecast"]
        cls.rival = cls._create_supplier("Rival")
        cls.unknown = cls._create_supplier("Unknown")
        cls.nut = cls._create_product("Nut")
        cls.past = {
            cls.supplier: cls._history(cls.supplier, [0, 4, 0, 6]),
            cls.rival: cls._history(cls.rival, [0] * 6),
        }

    @classmethod
    def _history(cls, partner, days, product=None, company=None):
        """Imported deliveries, one each day, so many days late."""
        company = company or cls.company
        product = product or cls.product
        return cls.env["supplier.history.line"].create(
            [
                {
                    "company_id": company.id,
                    "partner_id": partner.id,
                    "order_ref": f"{partner.name} {product.name} {number}",
                    "line_ref": "1",
                    "product_id": product.id,
                    "quantity_ordered": 1,
                    "price_unit": 1,
                    "currency_id": company.currency_id.id,
                    "date_promised": FIRST + timedelta(days=number),
                    "receipt_ids": [
                        (
                            0,
                            0,
                            {
                                "date": FIRST + timedelta(days=number + late),
                                "quantity": 1,
                            },
                        )
                    ],
                }
                for number, late in enumerate(days)
            ]
        )

    @classmethod
    def _make(cls, companies=None):
        """Make the forecasts of the first of May."""
        cls.env.flush_all()
        with freeze_time(NOW):
            cls.forecasts._make(companies or cls.company)

    @classmethod
    def _of(cls, lines):
        return cls.forecasts.search([("purchase_line_id", "in", lines.ids)])
