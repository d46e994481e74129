import base64

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged

from .common import HistoryCommon

HEADER = ("Supplier", "PO Number", "Line", "Qty", "Due Date", "Receipt Date", "Comment")
MANAGER = "supplier_evaluation.group_supplier_evaluation_manager"


@tagged("post_install", "-at_install")
class TestHistoryWizard(HistoryCommon):
    def _rows(self, *days):
        return [
            {
                "Supplier": self.supplier.name,
                "PO Number": f"W{number}",
                "Line": "1",
                "Qty": "10",
                "Due Date": day,
                "Receipt Date": "2026-03-09",
                "Comment": "direct",
            }
            for number, day in enumerate(days)
        ]

    def _wizard(self, content, filename="legacy.csv"):
        wizard = self.env["supplier.history.import"].create(
            {"file": base64.b64encode(content), "filename": filename}
        )
        wizard.action_read()
        return wizard

    def _columns(self, wizard):
        return {
            line.target: line.column_id.name
            for line in wizard.line_ids
            if line.column_id
        }

    def test_from_file_to_lines(self):
        rows = self._rows("3/13/26", "3/4/26", "soon")
        wizard = self._wizard(self._csv(rows, header=HEADER))
        self.assertEqual(wizard.state, "map")
        self.assertEqual(wizard.mapping_name, "legacy")
        proposed = {
            "supplier_name": "Supplier",
            "order_ref": "PO Number",
            "line_ref": "Line",
            "quantity_ordered": "Qty",
            "date_promised": "Due Date",
            "date_received": "Receipt Date",
        }
        self.assertEqual(self._columns(wizard), proposed)
        chosen = wizard.line_ids.filtered("column_id")
        self.assertEqual(chosen[0].sample, "Bolt & Nut B.V.")
        with self.assertRefused("Received Quantity"):
            wizard.action_check()
        with Form(wizard) as form:
            form.received_equals_ordered = True
            form.filter_column_id = wizard.column_ids[-1]
            form.filter_value = "direct"

        mappings = self.env["supplier.history.mapping"].search_count([])
        wizard.action_check()
        self.assertEqual((wizard.state, wizard.rejected_count), ("checked", 1))
        self.assertIn("soon", wizard.report_html)
        self.assertIn("W0 / 1", wizard.report_html)
        self.assertFalse(self.Line.search([("order_ref", "=like", "W%")]))
        found = self.env["supplier.history.mapping"].search_count([])
        self.assertEqual(found, mappings)

        wizard.action_import()
        self.assertEqual(wizard.state, "done")
        lines = self.Line.search(wizard.action_open_lines()["domain"])
        self.assertEqual(sorted(lines.mapped("order_ref")), ["W0", "W1"])
        self.assertIn("rejected_file", wizard.action_download_rejected()["url"])
        rejected = base64.b64decode(wizard.rejected_file).decode("utf-8-sig")
        self.assertIn("row,reason", rejected)
        self.assertEqual(wizard.rejected_filename, "legacy-rejected.csv")
        self.assertIn("Order: PO Number", wizard.mapping_id.columns_text)

    def test_mapping_is_remembered(self):
        rows = self._rows("3/13/26")
        wizard = self._wizard(self._csv(rows, header=HEADER))
        wizard.received_equals_ordered = True
        line = wizard.line_ids.filtered(lambda line: line.target == "category")
        line.column_id = wizard.column_ids[-1]
        wizard.action_import()
        mapping = wizard.mapping_id
        self.assertEqual(mapping.company_id, self.company)
        # The next file has its columns in another order, and does not show by itself
        # that the month comes first.
        content = self._csv(self._rows("3/4/26"), header=HEADER[::-1])
        wizard = self._wizard(content, "next.csv")
        self.assertEqual(wizard.mapping_id, mapping)
        self.assertTrue(wizard.received_equals_ordered)
        self.assertEqual({**self._columns(wizard), "status": ""}, mapping.columns)
        wizard.action_check()
        self.assertEqual(wizard.rejected_count, 0)
        self.assertIn("03/04/2026", wizard.report_html)
        # So does the file of rejected rows.
        content = self._csv(self._rows("3/4/26"), header=(*HEADER, "row", "reason"))
        self.assertEqual(self._wizard(content).mapping_id, mapping)
        # Another company has to find its own.
        other = self.env["supplier.history.mapping"].with_company(self.other_company)
        self.assertFalse(other._find_for(HEADER))

    def test_nobody_plants_a_mapping(self):
        """A file is read by the mapping that has the fingerprint of its headers."""
        manager = self._create_user("history_mapper", MANAGER)
        mapping = self._as(self.mapping, manager)
        stolen = {"fingerprint": mapping._fingerprint(HEADER)}
        default = {f"default_{name}": value for name, value in stolen.items()}
        with self.assertRefused("Fingerprint cannot be written", AccessError):
            mapping.write(stolen)
        with self.assertRefused("Fingerprint cannot be written", AccessError):
            mapping.create({"name": "Planted", **stolen})
        planted = mapping.with_context(**default).create({"name": "Planted"})
        self.assertFalse(planted.fingerprint)
        self.assertEqual(planted.company_id, self.company)
        self.assertFalse(mapping._find_for(HEADER))

    def test_manager_of_one_company_keeps_a_mapping_for_it(self):
        """One that all companies share is used, and left as it is."""
        content = self._csv(self._rows("3/13/26"), header=HEADER)
        first = self._wizard(content)
        first.received_equals_ordered = True
        first.action_import()
        shared = first.mapping_id
        shared.company_id = False
        self.env.flush_all()
        before = shared.read()
        manager = self._create_user("history_mapper", MANAGER)
        wizard = self._as(self.env["supplier.history.import"], manager).create(
            {"file": base64.b64encode(content), "filename": "legacy.csv"}
        )
        wizard.action_read()
        self.assertEqual(wizard.mapping_id, shared)
        wizard.action_import()
        self.env.flush_all()
        own = wizard.mapping_id
        self.assertEqual(own.company_id, self.company)
        self.assertEqual(own.fingerprint, shared.fingerprint)
        self.assertFalse(own._is_unguarded())
        self.assertEqual(shared.read(), before)

    def test_nobody_looks_into_the_file_of_another(self):
        theirs = self._wizard(self._csv(self._rows("3/13/26"), header=HEADER))
        column, sheet = (
            theirs.column_ids[0],
            theirs.sheet_ids.create({"wizard_id": theirs.id, "name": "Salaries"}),
        )
        self.assertEqual(column.sample, "Bolt & Nut B.V.")
        manager = self._create_user("history_curious", MANAGER)
        mine = self._as(self.env["supplier.history.import"], manager).create({})
        line = {"target": "product", "column_id": column.id}
        for change in (
            lambda: mine.line_ids.create({"wizard_id": mine.id, **line}),
            lambda: mine.write({"line_ids": [Command.create(line)]}),
            lambda: mine.write({"filter_column_id": column.id}),
            lambda: mine.write({"sheet_id": sheet.id}),
        ):
            with self.assertRefused("Choose a column", ValidationError):
                change()
        # Nor does a related field show what they do not read themselves.
        planted = column.copy({"wizard_id": mine.id})
        row = mine.line_ids.create(
            {"wizard_id": mine.id, **line, "column_id": planted.id}
        )
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            row.read(["sample"])

    def test_mapping_is_chosen(self):
        wizard = self._wizard(self._csv([self._row()]))
        self.assertFalse(wizard.mapping_id)
        self.mapping.date_order = "mdy"
        with Form(wizard) as form:
            form.mapping_id = self.mapping
        self.assertEqual(self._columns(wizard), self.mapping.columns)
        self.assertEqual(wizard.date_order, "mdy")
        wizard.remember = False
        before = self.mapping.read()
        wizard.action_import()
        self.env.flush_all()
        self.assertEqual(self.mapping.read(), before)

    def test_file_is_needed(self):
        wizard = self.env["supplier.history.import"].create({})
        with self.assertRefused("Choose a CSV or XLSX file"):
            wizard.action_read()
        wizard.file = base64.b64encode(b"\xd0\xcf\x11\xe0 old Excel")
        with self.assertRefused("xlsx or CSV"):
            wizard.action_read()

    def test_text_of_the_file_is_not_run(self):
        rows = self._rows("<script>alert(1)</script>")
        wizard = self._wizard(self._csv(rows, header=HEADER))
        wizard.received_equals_ordered = True
        wizard.action_check()
        self.assertNotIn("<script>", wizard.report_html)

    def test_wizards_of_others_are_not_seen(self):
        manager = self._create_user("history_manager", MANAGER)
        wizard = self._wizard(self._csv([self._row()]))
        with self.assertRaises(AccessError):
            wizard.with_user(manager).read(["filename"])

    def test_what_was_found_is_shown_and_can_be_changed(self):
        def prepare(book, sheet):
            sheet.insert_rows(1)
            sheet["A1"] = "Deliveries"
            sheet.row_dimensions[4].hidden = True
            other = book.create_sheet("February")
            other.append(HEADER)
            other.append(list(self._rows("2026-02-10")[0].values()))

        rows = self._rows("2026-03-10", "2026-03-11", "2026-03-12")
        for row, state in zip(rows, ("Open", "Closed", "Open"), strict=True):
            row["Status"] = state
        content = self._xlsx(rows, (*HEADER, "Status"), prepare)
        wizard = self._wizard(content, "months.xlsx")
        self.assertEqual(wizard.found_text, "Headers in row 2")
        self.assertEqual(wizard.sheet_ids.mapped("name"), ["Sheet", "February"])
        self.assertEqual(wizard.sheet_id.name, "Sheet")
        self.assertEqual(wizard.hidden_count, 1)
        self.assertEqual(wizard.states_text, "Closed; Open")
        wizard.received_equals_ordered = True
        wizard.left_out_states = "closed"
        wizard.action_check()
        self.assertEqual(wizard.good_count, 2)
        self.assertIn("February", wizard.report_html)
        self.assertIn("Rows left out by their status", wizard.report_html)
        wizard.action_back()
        wizard.sheet_id = wizard.sheet_ids[1]
        wizard.action_read()
        self.assertEqual(wizard.sheet_id.name, "February")
        wizard.received_equals_ordered = True
        wizard.action_import()
        self.assertEqual(self.Line.browse(wizard.imported_ids).order_ref, "W0")
        self.assertFalse(wizard.is_receipt_list)

    def test_letters_and_columns_are_shown(self):
        rows = self._rows("2026-03-10")
        content = self._csv(rows, HEADER, ";", "utf-16")
        wizard = self._wizard(content)
        self.assertIn("utf-16", wizard.found_text)
        self.assertIn("“;”", wizard.found_text)
        self.assertFalse(wizard.sheet_ids)
