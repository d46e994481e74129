import base64
from datetime import datetime
from functools import partial
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import mute_logger

from ...importer import importer
from ...importer.changes import HistoryChanges
from ...tools.wording import listed
from .common import CatalogueCommon

IMPORTING = "odoo.addons.supplier_evaluation.models.history.importing"
COLUMNS = (
    *("supplier_name", "order_ref", "line_ref", "quantity_ordered"),
    *("date_promised", "date_order"),
)


def _file(*lines, ordered="2026-03-01"):
    """A CSV file with these order lines of the supplier."""
    rows = [f"Golden Supplier,{line},10,2026-03-10,{ordered}" for line in lines]
    return "\n".join([",".join(COLUMNS), *rows]).encode()


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
        mapping = self.env["supplier.history.mapping"].create(
            {
                "name": "Legacy",
                "company_id": self.company.id,
                "columns": dict(zip(COLUMNS, COLUMNS, strict=True)),
            }
        )
        content = _file("V-77,1", "V-77,2", "V-78,1")
        for dry_run in (True, False, False):
            report = self.env["supplier.history.import"]._import_file(
                content, "old.csv", mapping, dry_run=dry_run
            )
            self.assertFalse(report.rejected)
            self.assertEqual(report.orders_in_odoo, {"V-77"})
        values = {"report": report, "rejected": [], "preview": []}
        values["listed"] = partial(listed, self.env)
        text = str(
            self.env["ir.qweb"]._render(
                "supplier_evaluation.supplier_history_import_report", values
            )
        )
        self.assertIn("V-77", text)
        self.assertNotIn("V-78", text)

    def _import_in_background(self, content, batch=1000, **vals):
        """Import a file; return the import, and how often Odoo's orders were read."""
        job = self.env["supplier.history.job"].create(
            {
                "name": "old.csv",
                "company_id": self.company.id,
                "columns": dict(zip(COLUMNS, COLUMNS, strict=True)),
                "file": base64.b64encode(content),
                **vals,
            }
        )
        job._read_slice()
        ask = importer.orders_in_odoo
        with (
            patch(f"{IMPORTING}.BATCH", batch),
            patch.object(importer, "orders_in_odoo", side_effect=ask) as asked,
        ):
            for part in job._parts():
                job._import_part(*part, {})
        self.assertEqual((job.state, job.rejected_count), ("done", 0))
        return job, asked.call_count

    def test_so_does_an_import_in_the_background(self):
        """An order is counted once, whichever batches its lines are in."""
        lines = [f"V-77,{number}" for number in range(6)]
        content = _file(*lines, "V-78,1")
        for batch in (2, 2, 1000):
            job, asked = self._import_in_background(content, batch=batch)
            self.assertEqual(job.orders_in_odoo_count, 1)
            self.assertEqual(job.orders_in_odoo_text, "V-77")
        self.assertEqual((asked, job.unchanged_count), (1, 7))
        job, _asked = self._import_in_background(_file("V-78,1"))
        self.assertEqual(
            (job.orders_in_odoo_count, job.orders_in_odoo_text), (0, False)
        )

    def test_ten_orders_are_named(self):
        for number in range(11):
            self._buy(10, 10, "2026-03-10", partner_ref=f"W-{number:02}")
        lines = [f"W-{number:02},1" for number in range(11)]
        job, _asked = self._import_in_background(_file(*lines), batch=3)
        self.assertEqual(job.orders_in_odoo_count, 11)
        names = ", ".join(f"W-{number:02}" for number in range(10))
        self.assertEqual(job.orders_in_odoo_text, f"{names}, …")

    def test_line_by_line_it_is_asked_once(self):
        apply, failed = HistoryChanges.apply, []

        def fail_once(changes, *args):
            if not failed:
                failed.append(changes)
                raise ValueError("no disk")
            return apply(changes, *args)

        content = _file("V-77,1", "V-77,2", "V-78,1", ordered="soon")
        with patch.object(HistoryChanges, "apply", fail_once), mute_logger(IMPORTING):
            job, asked = self._import_in_background(content, tolerate_order_date=True)
        self.assertEqual((asked, job.orders_in_odoo_count), (1, 1))
        self.assertEqual((job.created_count, job.order_dates_ignored), (3, 3))
