from odoo.tests import tagged

from .common import OverviewCommon


@tagged("post_install", "-at_install")
class TestOverviewStatements(OverviewCommon):
    """The number of SQL statements does not grow with the suppliers."""

    def _counts(self):
        cards = self._as(self.env["supplier.scorecard"], "buyer")
        few = self.march.scorecard_ids.ids[:2]
        return {
            "overview": self._statements_of(cards.retrieve_overview),
            "heatmap": self._statements_of(cards.retrieve_heatmap),
            "kpis": self._statements_of(lambda: cards.retrieve_heatmap(by="kpi")),
            "turnover": self._statements_of(
                lambda: cards.retrieve_turnover(self.march.scorecard_ids.partner_id.ids)
            ),
            "single": self._statements_of(cards.retrieve_single_sources),
            "compare": self._statements_of(lambda: cards.retrieve_comparison(few)),
        }

    def _make_suppliers(self, count):
        """Suppliers with tags and countries, that lose what they had in February."""
        countries = self.env["res.country"].search([], limit=count)
        tags = self.env["res.partner.category"].create(
            [{"name": f"Tag {index}"} for index in range(count)]
        )
        suppliers = [
            self._create_supplier(
                f"Supplier {index}", country_id=country.id, category_id=tag.ids
            )
            for index, (country, tag) in enumerate(zip(countries, tags, strict=True))
        ]
        self.env["supplier.history.line"].create(
            [
                {
                    "company_id": self.company.id,
                    "partner_id": supplier.id,
                    "order_ref": f"PO{month}",
                    "line_ref": str(line),
                    "quantity_ordered": 10,
                    "price_unit": 3,
                    "currency_id": self.company.currency_id.id,
                    "date_promised": f"2026-{month}-10",
                    "receipt_ids": [(0, 0, {"date": came, "quantity": 10})],
                }
                for supplier in suppliers
                for line in range(5)
                for month, came in (("02", "2026-02-10"), ("03", "2026-03-20"))
            ]
        )

    def test_constant(self):
        self.late_supplier.category_id = self.env["res.partner.category"].create(
            {"name": "Castings"}
        )
        self._counts()
        few = self._counts()
        self._make_suppliers(40)
        template = self.template.copy({"name": "Many"})
        self.template.active = False
        for evaluation in (self.march, self.february):
            evaluation._write_guarded({"state": "superseded"})
        self._publish(
            template=template,
            date_from="2026-02-01",
            date_to="2026-02-28",
            cutoff="2026-03-04 16:00:00",
        )
        march = self._publish(template=template)
        self.assertEqual(march.scorecard_count, 43)
        self._counts()
        many = self._counts()
        self.assertEqual(few, many)
