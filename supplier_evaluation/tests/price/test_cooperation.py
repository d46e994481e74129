from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged
from odoo.tools import SQL

from ..fact import sums
from ..fact.common import CatalogueCommon


@tagged("post_install", "-at_install")
class TestCooperation(CatalogueCommon):
    """Growth against a year before, length of cooperation, and prices quoted."""

    def _facts(self, model, aspect="", **scope):
        self.env.flush_all()
        return self.env[model]._with_fact_scope(self._scope(aspect=aspect, **scope))

    def _cancel(self, line):
        with freeze_time("2026-03-20 04:00:00"):
            line.order_id.button_cancel()

    def test_growth(self):
        """1000 a year before; 1200, 100 on a contact and 80 euros of 100 now: 40 %."""
        euro = self._euros({"2025-01-01": 0.8})
        self._buy(100, 10, "2025-03-15")
        self._buy(7, 10, "2025-02-28")
        self.assertEqual(self._value("purchase_growth"), -100)
        self._buy(100, 12, "2026-03-01")
        self._buy(10, 10, "2026-03-31", partner=self.contact)
        self._buy(10, 8, "2026-03-02", currency_id=euro.id)
        self._buy(10, 8, "2026-04-01")
        cancelled = self._buy(50, 10, "2026-03-03")
        self._cancel(cancelled)
        measure = self._measure("purchase_growth")
        self.assertAlmostEqual(measure.value, 40)
        self.assertEqual((measure.numerator, measure.denominator), (400, 1000))
        self.assertEqual(measure.n, 4)
        facts = self._facts("supplier.cooperation.fact", "growth")
        self.assertEqual(
            facts.search([("exclusion", "!=", False)]).order_id, cancelled.order_id
        )
        self.supplier.active = False
        self.assertAlmostEqual(self._value("purchase_growth"), 40)

    def test_growth_by_the_days_of_the_company(self):
        """Ordered on 31 March at 17:00 UTC is April in Shanghai, in both years."""
        self._buy(10, 10, "2025-03-31")
        line = self._buy(10, 10, "2026-03-31")
        self.assertEqual(self._value("purchase_growth"), 0)
        late = self._buy(10, 10, "2025-03-15")
        (line | late)._write_guarded({"date_promise_frozen": "2026-03-31 17:00:00"})
        self.assertEqual(self._value("purchase_growth"), -100)
        # Up to the cut-off, the same days are compared.
        half = self._facts("supplier.cooperation.fact", cutoff="2026-03-15 04:00:00")
        self.assertFalse(half.search([("kind", "=", "before")]))

    def test_no_basis_is_no_data(self):
        self._buy(10, 0, "2025-03-15")
        line = self._buy(10, 10, "2026-03-15")
        self.assertIsNone(self._value("purchase_growth"))
        facts = self._facts("supplier.cooperation.fact", "growth")
        fact = facts.search([("order_id", "=", line.order_id.id)])
        self.assertEqual(fact.exclusion, "no_reference")
        other = self._create_company("Elsewhere", "UTC", "USD")
        self.env.user.company_ids |= other
        self._buy(10, 10, "2025-03-15", company=other)
        self.assertIsNone(self._value("purchase_growth"))

    def test_length(self):
        """From the first order that stood, 1095 days before the period's end."""
        self.assertIsNone(self._measure("cooperation_years"))
        self._cancel(self._buy(5, 1, "2022-01-01"))
        first = self._buy(5, 1, "2023-04-01", partner=self.contact)
        self._buy(5, 1, "2026-03-05")
        measure = self._measure("cooperation_years")
        self.assertAlmostEqual(measure.value, 1095 / 365.25)
        self.assertEqual(measure.n, 1)
        fact = self._facts("supplier.cooperation.fact", "length").search([])
        self.assertEqual(fact.action_open_document()["res_id"], first.order_id.id)
        self.assertEqual(fact._records_left_out(), {"purchase.order.line": first.ids})
        first._set_supplier_exclusion("manual", "A trial")
        self.assertAlmostEqual(self._value("cooperation_years"), 26 / 365.25)

    def test_first_order_of_another_product(self):
        """Who searches for a product is not told that its first order was the first."""
        self._buy(5, 1, "2023-04-01")
        other = self._create_product("Bolt")
        self._buy(5, 1, "2026-03-05", product=other)
        facts = self.env["supplier.cooperation.fact"].search(
            [("product_id", "=", other.id), ("partner_id", "=", self.supplier.id)]
        )
        self.assertEqual(facts.mapped("kind"), ["ordered"])

    def _request(self, price, day, state="sent", **vals):
        order = self.env["purchase.order"].create(
            {
                "partner_id": self.supplier.id,
                "company_id": self.company.id,
                "date_order": f"{day} 04:00:00",
                **vals,
                "order_line": [
                    Command.create(
                        {
                            "product_id": self.product.id,
                            "product_qty": 10,
                            "price_unit": price,
                            "tax_ids": [Command.clear()],
                        }
                    )
                ],
            }
        )
        order.state = "sent" if state == "cancel" else state
        if state == "cancel":
            order.button_cancel()
        return order

    def test_quotations(self):
        """10 asked for, 12 ordered, 14 of a request that somebody else won."""
        self._request(14, "2025-06-01", "cancel")
        self._buy(10, 12, "2026-03-10")
        self.assertIsNone(self._value("price_volatility"))
        request = self._request(10, "2026-03-05")
        draft = self._request(100, "2026-03-06", "draft")
        empty = self._request(0, "2026-03-07")
        self._request(50, "2025-03-20")
        measure = self._measure("quotation_volatility")
        self.assertAlmostEqual(measure.value, 100 * 2 / 12)
        self.assertEqual(measure.n, 2)
        self.assertIsNone(self._value("price_volatility"))
        facts = self._facts("supplier.quotation.fact", "volatility")
        left_out = facts.search([("exclusion", "=", "no_reference")])
        self.assertEqual(left_out.order_id, draft | empty)
        counted = facts.search([("kind", "=", "request"), ("exclusion", "=", False)])
        self.assertEqual(counted.order_id, request)
        # Before the request there was an order and a request of last year.
        early = self._measure("quotation_volatility", cutoff="2026-03-05 02:00:00")
        self.assertIsNone(early)

    def test_quotations_in_another_currency(self):
        euro = self._euros({"2025-01-01": 0.8})
        self._request(8, "2026-03-05", currency_id=euro.id)
        self._buy(10, 10, "2026-03-10")
        self.assertIsNone(self._measure("quotation_volatility").value)
        self._request(8, "2026-03-06", currency_id=euro.id)
        self.assertEqual(self._value("quotation_volatility"), 0)

    def test_a_page_of_quotations(self):
        """It is that of all of them, and finding it compares nothing."""
        lines = [self._buy(10, 12, f"2026-0{month}-10") for month in (1, 2, 3, 3)]
        self._request(14, "2026-03-05")
        self.env.flush_all()
        facts = self.env["supplier.quotation.fact"]
        domain = [("company_id", "=", self.company.id), ("exclusion", "=", False)]
        whole = facts.search(domain)
        self.assertEqual(len(whole), len(lines) + 1)
        for _of_sums in range(2):
            for limit, offset in ((2, 0), (2, 1), (4, 0), (9, 0)):
                page = facts.web_search_read(
                    domain, {"price_variation": {}}, limit=limit, offset=offset
                )
                ids = [row["id"] for row in page["records"]]
                self.assertEqual(ids, whole.ids[offset : offset + limit])
                self.assertEqual(page["length"], len(whole))
            sums.build(self.env)
        query = facts._search(domain, limit=2, order=facts._order)
        for columns, compared in (([], False), (["price_variation"], True)):
            names = [facts._field_to_sql(facts._table, name, query) for name in columns]
            sql = query.select(SQL.identifier(facts._table, "id"), *names)
            rows = self.env.execute_query(SQL("EXPLAIN (VERBOSE) %s", sql))
            plan = "\n".join(row for (row,) in rows)
            self.assertEqual("stddev" in plan, compared, plan)

    def test_the_newest_lines_of_a_scope(self):
        """It has its days: only an analysis looks for the newest ones first."""
        self._buy(10, 12, "2026-03-10")
        for model in ("supplier.price.fact", "supplier.saving.fact"):
            facts = type(self.env[model])
            listening = patch.object(
                facts, "_newest_day", autospec=True, side_effect=facts._newest_day
            )
            with self.subTest(model), listening as asked:
                self._facts(model).web_search_read([], {"date": {}}, limit=1)
                self._facts(model).search_count([], 1)
                asked.assert_not_called()
                self.env[model].search_count([], 1)
                self.env["supplier.price.fact"].search_fetch([], ["date"], limit=1)
                asked.assert_called()
