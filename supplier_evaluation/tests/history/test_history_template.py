import io

from openpyxl import load_workbook

from odoo.tests import tagged

from ...importer.reader import FileOptions, read_table
from ...importer.targets import TARGETS, propose_columns
from ...wizard.history.template import COLUMNS
from .common import HistoryCommon


@tagged("post_install", "-at_install")
class TestHistoryTemplate(HistoryCommon):
    """The file that people fill in is read as it is."""

    def setUp(self):
        super().setUp()
        self.wizard = self.env["supplier.history.import"].create({})
        self.content = self.wizard._template()

    def test_its_columns_are_found(self):
        labels = self.env["supplier.history.import.line"]._target_labels()
        table = read_table(self.content, FileOptions(labels=labels))
        self.assertEqual(table.source.sheet, "Deliveries")
        self.assertEqual(table.source.other_sheets, ())
        proposed = propose_columns(table.header, labels)
        self.assertEqual(proposed, {name: labels[name] for name in COLUMNS})
        self.assertEqual(len(table.head(9)), 3)

    def test_its_example_can_be_imported(self):
        labels = self.env["supplier.history.import.line"]._target_labels()
        self.mapping.columns = {name: labels[name] for name in COLUMNS}
        self._assert_counts(self._import(self.content), rejected=3)
        self.mapping.create_suppliers = True
        report = self._import(self.content)
        self._assert_counts(report, created=2)
        first, second = self.Line.browse(report.line_ids)
        self.assertEqual((first.quantity_received, first.quantity_returned), (100, 5))
        self.assertEqual((second.quantity_received, second.uom_id.name), (0, "kg"))

    def test_every_column_is_explained(self):
        sheet = load_workbook(io.BytesIO(self.content))["Explanation"]
        labels = self.env["supplier.history.import.line"]._target_labels()
        explained = {row[0]: row[1] for row in sheet.iter_rows(values_only=True)}
        for target in COLUMNS:
            self.assertTrue(explained[labels[target]])
        bold = [row[0].value for row in sheet.iter_rows() if row[0].font.bold]
        needed = [labels[n] for n in COLUMNS if TARGETS[n].required or n == "supplier"]
        self.assertEqual(bold, needed)

    def test_it_is_downloaded(self):
        action = self.wizard.action_download_template()
        self.assertIn("/template_file?", action["url"])
        self.assertIn("Delivery+History+Template.xlsx", action["url"])
        self.assertTrue(self.wizard.template_file)
