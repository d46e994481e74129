import csv
import io

from odoo.tests import tagged
from odoo.tools.misc import file_open

from .common import SupplierEvaluationCommon

OPTIONS = {
    "quoting": '"',
    "separator": ",",
    "has_headers": True,
    "encoding": "utf-8",
    "date_format": "%Y-%m-%d",
    "datetime_format": "%Y-%m-%d %H:%M:%S",
    "float_thousand_separator": "",
    "float_decimal_separator": ".",
}
CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@tagged("post_install", "-at_install")
class TestRecordImport(SupplierEvaluationCommon):
    """Bills, incidents and documents come in by Odoo's own “Import records”."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Odoo's demo data has a bolt, too.
        cls.product.name = "Bolt to import"

    def _import(self, model, content, kind=CSV):
        """Import a file as the dialog does: fields are matched by their headers."""
        wizard = self.env["base_import.import"].create(
            {"res_model": model, "file": content, "file_type": kind}
        )
        preview = wizard.parse_preview({**OPTIONS})
        self.assertFalse(preview.get("error"))
        headers = preview["headers"]
        matches = {int(key): found for key, found in preview["matches"].items()}
        self.assertEqual(sorted(matches), list(range(len(headers))), headers)
        fields = ["/".join(matches[number]) for number in sorted(matches)]
        result = wizard.execute_import(fields, headers, {**OPTIONS})
        self.assertFalse(result["messages"])
        return self.env[model].browse(result["ids"])

    def _csv(self, *rows):
        buffer = io.StringIO()
        csv.writer(buffer).writerows(rows)
        return buffer.getvalue().encode()

    def _template(self, model):
        (template,) = self.env[model].get_import_templates()
        with file_open(template["template"].lstrip("/"), "rb") as file:
            return file.read()

    def test_incidents(self):
        line = self._order(100, 10, "2026-03-10")
        self._receive(line, "2026-03-10")
        incidents = self._import(
            "supplier.incident",
            self._csv(
                ("Title", "Supplier", "Opened", "Type", "Responsibility")
                + ("Purchase Order", "Product", "Affected Quantity", "Status")
                + ("Resolved On",),
                ("Scratches", "Golden Supplier", "2026-03-12 04:00:00", "Quality")
                + ("Supplier", line.order_id.name, self.product.name, "12", "Resolved")
                + ("2026-03-14 04:00:00",),
                ("No papers", "Golden Supplier", "2026-03-13 04:00:00", "Documents")
                + ("Not decided yet", "", "", "", "New", ""),
            ),
        )
        first, second = incidents
        self.assertEqual(incidents.partner_id, self.supplier)
        self.assertEqual((first.order_id, first.quantity), (line.order_id, 12))
        self.assertEqual((first.state, first.incident_type), ("resolved", "quality"))
        self.assertEqual((second.state, second.responsibility), ("new", "open"))
        self.assertEqual(self._value("resolution_rate"), 50)

    def test_incident_template(self):
        self._create_supplier("Example Metals Ltd")
        content = self._template("supplier.incident")
        incidents = self._import("supplier.incident", content, XLSX)
        self.assertEqual(incidents.mapped("state"), ["resolved", "new"])

    def test_documents(self):
        licence = self.env["supplier.document.type"].create(
            {"name": "Import licence", "code": "import_licence"}
        )
        document = self._import(
            "supplier.document",
            self._csv(
                ("Supplier", "Type", "Number", "Issuer", "Valid From", "Valid Until"),
                ("Golden Supplier", "Import licence", "L-1", "City", "2026-01-01")
                + ("2026-12-31",),
            ),
        )
        self.assertEqual(document.partner_id, self.supplier)
        self.assertEqual((document.type_id, document.number), (licence, "L-1"))
        self.assertEqual(document.verification, "to_verify")

    def test_document_template(self):
        supplier = self._create_supplier("Example Metals Ltd")
        content = self._template("supplier.document")
        document = self._import("supplier.document", content, XLSX)
        self.assertEqual(document.partner_id, supplier)
        self.assertEqual(str(document.date_to), "2029-01-14")

    def test_demand(self):
        """By names, units of the product; a file that comes again changes it."""
        nut = self._create_product("Nut to import", default_code="IMPORT-NUT")
        rows = (
            ("External ID", "Product", "Supplier", "Month", "Quantity", "Note"),
            ("plan.one", "Bolt to import", "Golden Supplier", "2036-05-01", "40", "A"),
            ("plan.two", nut.display_name, "Golden Supplier", "2036-06-15", "2.5", ""),
        )
        first, second = self._import("supplier.demand", self._csv(*rows))
        self.assertEqual((first.product_id, first.quantity), (self.product, 40))
        self.assertEqual((second.product_id, str(second.month)), (nut, "2036-06-01"))
        self.assertEqual((first | second).partner_id, self.supplier)
        self.assertEqual(set((first | second).mapped("source")), {"imported"})
        first.action_share()
        again = rows[1][:4] + ("55", "A")
        imported = self._import("supplier.demand", self._csv(rows[0], again))
        self.assertEqual(imported, first)
        self.assertEqual((first.quantity, first.quantity_before), (55, 40))

    def test_bills(self):
        """By the name of the supplier; lines below each other, with their orders."""
        self.env["account.chart.template"].try_loading(
            "generic_coa", company=self.company, install_demo=False
        )
        line = self._order(100, 10, "2026-03-10", name="Bolts for the bill")
        self._receive(line, "2026-03-10")
        bills = self.env["account.move"].with_context(default_move_type="in_invoice")
        (template,) = bills.get_import_templates()
        self.assertIn("vendor_bills", template["template"])
        fields = ["partner_id", "ref", "invoice_date", "invoice_payment_term_id"]
        fields += ["invoice_line_ids/product_id", "invoice_line_ids/quantity"]
        fields += ["invoice_line_ids/price_unit", "invoice_line_ids/purchase_line_id"]
        term = self.env.ref("account.account_payment_term_30days").name
        wizard = (
            self.env["base_import.import"]
            .with_context(default_move_type="in_invoice")
            .create(
                {
                    "res_model": "account.move",
                    "file_type": CSV,
                    "file": self._csv(
                        fields,
                        ("Golden Supplier", "B-1", "2026-03-15", term)
                        + (self.product.name, "100", "11", line.name),
                    ),
                }
            )
        )
        result = wizard.execute_import(fields, fields, {**OPTIONS})
        self.assertFalse(result["messages"])
        bill = self.env["account.move"].browse(result["ids"])
        bill.action_post()
        self.assertEqual(bill.partner_id, self.supplier)
        self.assertEqual(bill.invoice_line_ids.purchase_line_id, line)
        self.assertAlmostEqual(self._value("bill_price_variance"), 10)
        self.assertAlmostEqual(self._value("payment_terms"), 30)
