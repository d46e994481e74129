from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from ..fact.common import CatalogueCommon


@tagged("post_install", "-at_install")
class TestPriceCases(CatalogueCommon):
    """Prices one by one: what is compared with what, in which unit and currency."""

    def test_no_price_before(self):
        line = self._buy(10, 5, "2026-03-10")
        measure = self._measure("price_variance")
        self.assertIsNone(measure.value)
        self.assertEqual(measure.n, 0)
        self.assertFalse(self._price_fact(line).exclusion)
        fact = self._price_fact(line, aspect="reference")
        self.assertEqual(fact.exclusion, "no_reference")

    def test_a_page_of_the_analysis(self):
        """It shows of its lines what a list of all of them shows."""
        for price, day in ((5, "2026-03-10"), (6, "2026-03-12"), (4, "2026-03-14")):
            self._buy(10, price, day)
        facts = self.env["supplier.price.fact"]
        columns = {"price_change": {}, "reference_price": {}, "price_variation": {}}
        whole = facts.web_search_read([], columns)["records"]
        whole = {line["id"]: line for line in whole}
        self.env.invalidate_all()
        page = facts.web_search_read([], columns, limit=2, order="price_change, id")
        page = page["records"]
        self.assertEqual(page, [whole[line["id"]] for line in page])
        self.assertAlmostEqual(page[0]["price_change"], -1 / 3)
        self.assertAlmostEqual(page[1]["price_change"], 0.2)

    def test_bought_once_has_no_volatility(self):
        self._buy(10, 5, "2026-03-10")
        self.assertIsNone(self._value("price_volatility"))

    def test_alone_in_its_market(self):
        line = self._buy(10, 5, "2026-03-10")
        self.assertIsNone(self._value("price_competitiveness"))
        fact = self._price_fact(line, aspect="market")
        self.assertEqual(fact.exclusion, "no_reference")
        self.assertFalse(fact.market_suppliers)

    def test_market_is_a_year_old_at_most(self):
        other = self._create_supplier("Other")
        self._buy(10, 4, "2025-03-20", partner=other)
        self._buy(10, 5, "2026-03-10")
        self.assertIsNone(self._value("price_competitiveness"))
        self._buy(10, 4, "2025-04-02", partner=other)
        self.assertAlmostEqual(
            self._value("price_competitiveness"), (5 / 4.5 - 1) * 100, 4
        )

    def test_discount(self):
        """10 with 20 % off is a price of 8; all of it off is a price of 0."""
        self._buy(10, 8, "2026-02-10")
        line = self._buy(10, 10, "2026-03-10")
        line.discount = 20
        self.assertAlmostEqual(self._value("price_variance"), 0)
        self.assertAlmostEqual(self._value("discount_rate"), 20)
        line.discount = 100
        self.assertAlmostEqual(self._value("price_variance"), -100)
        self.assertAlmostEqual(self._value("discount_rate"), 100)

    def test_nothing_spent_has_no_discount_rate(self):
        self._buy(10, 0, "2026-03-10")
        self.assertIsNone(self._value("discount_rate"))

    def test_free_delivery_is_no_price_before(self):
        self._buy(10, 8, "2026-02-10")
        self._buy(10, 0, "2026-02-20")
        line = self._buy(10, 10, "2026-03-10")
        fact = self._price_fact(line)
        self.assertEqual(fact.reference_price, 8)
        self.assertEqual(fact.reference_date, date(2026, 2, 10))
        self.assertAlmostEqual(self._value("price_variance"), 25)

    def test_free_delivery_against_a_price(self):
        self._buy(10, 8, "2026-02-10")
        self._buy(10, 0, "2026-03-10")
        self.assertAlmostEqual(self._value("price_variance"), -100)

    def test_dozens_against_units(self):
        self._buy(24, 10, "2026-02-10")
        line = self._buy(2, 126, "2026-03-10", uom=self.uom_dozen)
        fact = self._price_fact(line)
        self.assertEqual((fact.quantity, fact.price), (24, 10.5))
        self.assertAlmostEqual(self._value("price_variance"), 5, 4)

    def test_latest_price_before_the_period(self):
        """The period's own first price is no reference for its second."""
        before = self._buy(10, 8, "2026-02-27")
        self._buy(10, 7, "2026-01-10")
        self._buy(10, 9, "2026-03-02")
        line = self._buy(10, 10, "2026-03-20")
        fact = self._price_fact(line)
        self.assertEqual(fact.reference_price, 8)
        self.assertEqual(fact.reference_order_id, before.order_id)
        self.assertAlmostEqual(self._value("price_variance"), 100 * 3 / 16, 4)

    def test_price_before_in_another_currency_is_none(self):
        euro = self._euros({"2026-01-01": 0.5})
        self._buy(10, 8, "2026-02-10")
        line = self._buy(10, 8, "2026-03-10", currency_id=euro.id)
        self.assertIsNone(self._value("price_variance"))
        fact = self._price_fact(line)
        self.assertEqual((fact.price, fact.value), (8, 160))

    def test_changes_in_two_currencies_add_up_in_company_currency(self):
        euro = self._euros({"2026-01-01": 0.5})
        self._buy(10, 10, "2026-02-10", currency_id=euro.id)
        self._buy(10, 11, "2026-03-10", currency_id=euro.id)
        other = self._create_product("Nut")
        self._buy(10, 10, "2026-02-10", product=other)
        self._buy(10, 10, "2026-03-10", product=other)
        self.assertAlmostEqual(self._value("price_variance"), 100 * 20 / 300, 4)

    def test_market_in_company_currency(self):
        euro = self._euros({"2026-01-01": 0.5})
        other = self._create_supplier("Other")
        self._buy(10, 5, "2026-02-10", partner=other, currency_id=euro.id)
        self._buy(10, 10, "2026-03-10")
        self.assertAlmostEqual(self._value("price_competitiveness"), 0, 4)

    def test_price_with_tax_included(self):
        """12 with 20 % of tax in it is 10, as it is from a supplier who adds it."""
        line = self._buy(10, 12, "2026-03-10")
        line.tax_ids = self._tax(20)
        self.assertAlmostEqual(line.price_subtotal, 100)
        other = self._create_supplier("Other")
        self._buy(10, 10, "2026-03-10", partner=other)
        fact = self._price_fact(line)
        self.assertAlmostEqual(fact.price, 10)
        self.assertAlmostEqual(fact.value, 100)
        self.assertAlmostEqual(self._value("price_competitiveness"), 0, 4)
        line.discount = 50
        self.assertAlmostEqual(self._value("discount_rate"), 50)

    def test_rounding_of_a_subtotal_is_no_tax(self):
        line = self._buy(7, 0.333, "2026-03-10")
        line.price_unit = 0.3331
        self.assertAlmostEqual(self._price_fact(line).price, line.price_unit, 6)

    def test_who_gives_it_away_is_no_market(self):
        """A free sample of somebody else is no price to compare with."""
        self._buy(10, 10, "2026-03-10")
        self._buy(10, 12, "2026-03-12")
        sample = self._create_supplier("Sample")
        self._buy(1, 0, "2026-03-10", partner=sample)
        self.assertIsNone(self._value("price_competitiveness"))

    def test_free_delivery_is_no_volatility(self):
        for price, day in ((10, "2026-03-10"), (10, "2026-03-12"), (0, "2026-03-14")):
            self._buy(10, price, day)
        self.assertEqual(self._value("price_volatility"), 0)

    def test_analysis_of_a_user_reads_own_companies(self):
        other = self._create_company("Elsewhere", "UTC", "USD")
        self._buy(10, 5, "2026-03-10", company=other)
        line = self._buy(10, 10, "2026-03-10")
        self.env.flush_all()
        facts = self.env["supplier.price.fact"].with_user(self.buyer)
        found = facts.search([("partner_id", "=", self.supplier.id)])
        self.assertEqual(found.order_id.ids, line.order_id.ids)

    def test_orders_of_a_contact_are_its_company_s(self):
        self._buy(10, 8, "2026-02-10", partner=self.contact)
        self._buy(10, 10, "2026-03-10")
        self.assertAlmostEqual(self._value("price_variance"), 25)

    def test_cancelled_and_waived_lines(self):
        self._buy(10, 8, "2026-02-10")
        cancelled = self._buy(10, 10, "2026-03-10")
        with freeze_time("2026-03-20 02:00:00"):
            cancelled.order_id.button_cancel()
        waived = self._buy(10, 12, "2026-03-11")
        waived._set_supplier_exclusion("manual", "Panic buying")
        self.assertIsNone(self._value("price_variance"))
        self.assertEqual(self._price_fact(cancelled).exclusion, "cancelled")
        self.assertEqual(self._price_fact(waived).exclusion, "manual")

    def test_cancelled_after_the_cutoff(self):
        """It is not known yet that the order will be cancelled."""
        self._buy(10, 8, "2026-02-10")
        line = self._buy(10, 10, "2026-03-10")
        with freeze_time("2026-04-20 02:00:00"):
            line.order_id.button_cancel()
        self.assertAlmostEqual(self._value("price_variance"), 25)

    def test_none_is_ordered_any_more_after_the_cutoff(self):
        """Odoo makes the price of nothing 0; what it was is kept."""
        self._buy(10, 8, "2026-02-10")
        line = self._buy(10, 10, "2026-03-10")
        with freeze_time("2026-04-20 02:00:00"):
            line.product_qty = 0
        self.assertAlmostEqual(self._value("price_variance"), 25)

    def test_discount_of_what_is_ordered_no_more(self):
        """Odoo takes the discount away with the quantity: none is made up."""
        line = self._buy(10, 10, "2026-03-10")
        line.discount = 20
        with freeze_time("2026-04-20 02:00:00"):
            line.product_qty = 0
        fact = self._price_fact(line)
        self.assertEqual((fact.price, fact.discount_value), (8, 0))

    def test_other_company(self):
        other = self._create_company("Elsewhere", "UTC", "USD")
        self._buy(10, 8, "2026-02-10", company=other)
        self._buy(10, 10, "2026-03-10")
        self.assertIsNone(self._value("price_variance"))

    def test_day_in_the_company_s_time_zone(self):
        """28 February 17:00 UTC is 1 March in Shanghai."""
        line = self._buy(10, 8, "2026-03-01")
        line._write_guarded({"date_promise_frozen": "2026-02-28 17:00:00"})
        self.assertEqual(self._price_fact(line).date, date(2026, 3, 1))
        line._write_guarded({"date_promise_frozen": "2026-02-28 15:00:00"})
        self.assertFalse(self._price_fact(line))

    def test_confirmed_after_the_cutoff(self):
        self._buy(10, 8, "2026-02-10")
        self._buy(10, 10, "2026-03-10")
        self.assertIsNone(self._value("price_variance", cutoff="2026-03-05T00:00:00"))

    def test_archived_supplier(self):
        self._buy(10, 8, "2026-02-10")
        self._buy(10, 10, "2026-03-10")
        self.supplier.active = False
        self.assertAlmostEqual(self._value("price_variance"), 25)

    def test_imported_history(self):
        """Its products may only be named; it is a price before for native orders."""
        values = {
            "company_id": self.company.id,
            "partner_id": self.supplier.id,
            "order_ref": "OLD",
            "quantity_ordered": 2,
            "uom_id": self.uom_dozen.id,
            "currency_id": self.company.currency_id.id,
            "date_promised": "2026-02-20",
        }
        named = {"product_name": "Washer", "uom_id": False}
        self.env["supplier.history.line"].create(
            [
                {
                    **values,
                    "line_ref": "1",
                    "product_id": self.product.id,
                    "price_unit": 120,
                    "date_order": "2026-02-10",
                },
                {
                    **values,
                    **named,
                    "line_ref": "2",
                    "price_unit": 10,
                    "date_order": "2026-02-10",
                },
                {
                    **values,
                    **named,
                    "line_ref": "3",
                    "price_unit": 12,
                    "date_order": "2026-03-10",
                },
            ]
        )
        line = self._buy(10, 11, "2026-03-10")
        self.assertAlmostEqual(self._price_fact(line).reference_price, 10)
        self.assertAlmostEqual(self._value("price_variance"), 100 * 14 / 120, 4)

    def test_analysis_without_a_scope(self):
        """A line is compared with the line before it, however it is searched for."""
        self._buy(10, 8, "2026-02-10")
        line = self._buy(10, 10, "2026-03-10")
        self._buy(10, 0, "2026-03-11")
        last = self._buy(10, 9, "2026-03-12")
        self.env.flush_all()
        facts = self.env["supplier.price.fact"]
        mine = [("partner_id", "=", self.supplier.id)]
        march = facts.search([*mine, ("date", ">=", "2026-03-01")], order="date")
        self.assertEqual(len(march), 3)
        self.assertEqual(march.mapped("price_change"), [0.25, -1, -0.1])
        self.assertEqual(march[2].reference_order_id, line.order_id)
        one = facts.search([*mine, ("date", "=", "2026-03-12")])
        self.assertEqual(one.res_id, last.order_id.id)
        self.assertAlmostEqual(one.price_change, -0.1)
