from datetime import datetime

from freezegun import freeze_time

from odoo.tests import tagged

from .common import CatalogueCommon


@tagged("post_install", "-at_install")
class TestFactTwins(CatalogueCommon):
    """An order that is in Odoo and came in a file counts once: as it is in Odoo."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.line = cls._buy(10, 10, "2026-03-10", partner_ref="V-77")
        cls._receive(cls.line, "2026-03-10")

    def _import(self, reference, partner=None, **vals):
        line = self.env["supplier.history.line"].create(
            {
                "company_id": self.company.id,
                "partner_id": (partner or self.supplier).id,
                "product_id": self.product.id,
                "order_ref": reference,
                "line_ref": "1",
                "quantity_ordered": 10,
                "price_unit": 10,
                "date_order": "2026-03-10",
                "date_promised": "2026-03-10",
                "quantity_returned": 2,
                "date_returned": "2026-03-12",
                **vals,
            }
        )
        line.receipt_ids.create(
            {"line_id": line.id, "date": "2026-03-12", "quantity": 10}
        )
        return line

    def _counts(self, **scope):
        """How many deliveries, receipts and prices count, and of what was returned."""
        names = ("otd", "lot_acceptance", "discount_rate")
        counted = [self._measure(name, **scope) for name in names]
        returned = self._value("return_rate", **scope)
        return [measure.n if measure else 0 for measure in counted], returned > 0

    def _assert_twin(self, reference, **vals):
        imported = self._import(reference, **vals)
        with self.subTest(reference=reference, **vals):
            self.assertEqual(self._counts(), ([1, 1, 1], False))
            for model in ("delivery", "receipt", "price"):
                facts = self.env[f"supplier.{model}.fact"]._with_fact_scope(
                    self._scope(with_excluded=True)
                )
                found = facts.search([("source", "=", "history")])
                self.assertEqual(set(found.mapped("exclusion")), {"duplicate"})
                reasons = set(found.mapped("exclusion_reason"))
                self.assertEqual(reasons, {self.line.order_id.name})
        imported.unlink()

    def _assert_no_twin(self, reference, **vals):
        imported = self._import(reference, **vals)
        partner = imported.commercial_partner_id
        self.env.flush_all()
        facts = self.env["supplier.delivery.fact"]._with_fact_scope(self._scope())
        found = facts.search(
            [("source", "=", "history"), ("partner_id", "=", partner.id)]
        )
        with self.subTest(reference=reference, **vals):
            self.assertEqual(found.mapped("exclusion"), [False])
        imported.unlink()

    def test_by_the_name_of_the_order(self):
        name = self.line.order_id.name
        self._assert_twin(name)
        self._assert_twin(name.lower())

    def test_by_the_reference_of_the_supplier(self):
        self._assert_twin("V-77")

    def test_by_a_contact_of_the_supplier(self):
        self._assert_twin("V-77", partner=self.contact)

    def test_product_that_odoo_does_not_know(self):
        self._assert_twin("V-77", product_id=False, product_name="Bolt, galvanised")

    def test_another_product_of_the_order(self):
        self._assert_no_twin("V-77", product_id=self._create_product("Nut").id)

    def test_another_order_supplier_or_company(self):
        self._assert_no_twin("V-78")
        self._assert_no_twin("V-77", partner=self._create_supplier("Other"))
        other = self._create_company("Elsewhere", "UTC", "USD")
        imported = self._import(
            "V-77", company_id=other.id, currency_id=other.currency_id.id
        )
        self.env.flush_all()
        facts = self.env["supplier.delivery.fact"]._with_fact_scope(
            self._scope(company_id=other.id)
        )
        self.assertEqual(facts.search([]).mapped("res_id"), imported.ids)
        self.assertFalse(facts.search([]).exclusion)

    def test_order_that_is_not_confirmed_yet(self):
        """At the cut-off before, only the file tells of it."""
        self._import("V-77")
        early = {"cutoff": datetime(2026, 3, 10)}
        self.line._write_guarded({"date_promise_frozen": "2026-03-11 02:00:00"})
        facts = self.env["supplier.price.fact"]._with_fact_scope(self._scope(**early))
        self.env.flush_all()
        found = facts.search([("partner_id", "=", self.supplier.id)])
        self.assertEqual(found.mapped("source"), ["history"])
        self.assertFalse(found.exclusion)

    def test_cancelled_order_leaves_the_file_to_tell(self):
        line = self._buy(10, 10, "2026-03-10", partner_ref="V-80")
        with freeze_time("2026-03-20 02:00:00"):
            line.order_id.button_cancel()
        self._assert_no_twin("V-80")

    def test_order_cancelled_after_the_cutoff_counts_alone(self):
        line = self._buy(10, 10, "2026-03-10", partner_ref="V-81")
        with freeze_time("2026-04-20 02:00:00"):
            line.order_id.button_cancel()
        imported = self._import("V-81")
        facts = self.env["supplier.price.fact"]._with_fact_scope(
            self._scope(with_excluded=True)
        )
        self.env.flush_all()
        found = facts.search([("source", "=", "history")])
        self.assertEqual(found.mapped("res_id"), imported.ids)
        self.assertEqual(found.mapped("exclusion"), ["duplicate"])

    def test_cancelled_order_of_which_something_came(self):
        with freeze_time("2026-03-20 02:00:00"):
            self.line.order_id.button_cancel()
        imported = self._import("V-77")
        fact = self.env["supplier.price.fact"]._with_fact_scope(
            self._scope(with_excluded=True)
        )
        self.env.flush_all()
        found = fact.search([("partner_id", "=", self.supplier.id)])
        self.assertEqual(sorted(found.mapped("exclusion")), ["cancelled", "duplicate"])
        self.assertEqual(imported.order_ref, "V-77")

    def test_the_import_says_so(self):
        """Before and after: which orders of the file are in Odoo as well."""
        columns = ("supplier_name", "order_ref", "line_ref", "quantity_ordered")
        mapping = self.env["supplier.history.mapping"].create(
            {
                "name": "Legacy",
                "company_id": self.company.id,
                "columns": {name: name for name in (*columns, "date_promised")},
            }
        )
        rows = [
            ",".join((*columns, "date_promised")),
            "Golden Supplier,V-77,1,10,2026-03-10",
            "Golden Supplier,V-77,2,10,2026-03-10",
            "Golden Supplier,V-78,1,10,2026-03-10",
        ]
        for dry_run in (True, False, False):
            report = self.env["supplier.history.import"]._import_file(
                "\n".join(rows).encode(), "old.csv", mapping, dry_run=dry_run
            )
            self.assertFalse(report.rejected)
            self.assertEqual(report.orders_in_odoo, {"V-77"})
        values = {"report": report, "rejected": [], "preview": []}
        text = str(
            self.env["ir.qweb"]._render(
                "supplier_evaluation.supplier_history_import_report", values
            )
        )
        self.assertIn("V-77", text)
        self.assertNotIn("V-78", text)
