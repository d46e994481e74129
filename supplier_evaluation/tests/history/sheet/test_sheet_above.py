from .common import HEADER, ROW, SheetCommon


class TestSheetAbove(SheetCommon):
    """What one row says of whom, and of what, the rows below it are."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.partner"].create({"name": "Spring Works"})

    def _above(self, *rows, header=HEADER, **vals):
        content = self._text(header, *rows)
        lines, reasons = self._go(content, repeat_empty=True, **vals)
        found = {line.order_ref: line.commercial_partner_id for line in lines}
        return found, reasons

    def test_another_supplier_has_an_order_of_its_own(self):
        below = self._with(Supplier=self.other.name, PO="", Line="20")
        found, reasons = self._above(ROW, below)
        self.assertEqual(found, {"P1": self.supplier})
        self.assertIn("Order is missing", reasons[3])

    def test_another_supplier_has_a_code_of_its_own(self):
        found, reasons = self._above(
            (*ROW, "100234"),
            (*self._with(Supplier=self.other.name, PO="P2"), ""),
            (*self._with(Supplier="", PO="P3"), ""),
            header=(*HEADER, "Vendor Code"),
        )
        self.assertFalse(reasons)
        wanted = {"P1": self.supplier, "P2": self.other, "P3": self.other}
        self.assertEqual(found, wanted)

    def test_the_same_supplier_keeps_its_code(self):
        found, reasons = self._above(
            ("Bolt", *ROW[1:], "100234"),
            (*self._with(Supplier="Bolt", PO="P2"), ""),
            header=(*HEADER, "Vendor Code"),
        )
        self.assertFalse(reasons)
        self.assertEqual(found, {"P1": self.supplier, "P2": self.supplier})

    def test_a_row_that_is_left_out_says_whose_rows_follow(self):
        content = self._text(
            (*HEADER, "Kind"),
            (*ROW, "Done"),
            (*self._with(Supplier=self.other.name, PO="P2"), "Open"),
            (*self._with(Supplier="", PO="", Line="20"), "Done"),
        )
        wizard = self._wizard(content, repeat_empty=True, filter_value="Done")
        kind = wizard.column_ids.filtered(lambda column: column.name == "Kind")
        wizard.filter_column_id = kind
        wizard.action_import()
        line = self.Line.search([("order_ref", "=", "P2")])
        self.assertEqual(line.commercial_partner_id, self.other)
        self.assertEqual(line.line_ref, "20")

    def test_a_dash_says_that_there_is_no_order(self):
        found, reasons = self._above(
            ROW, self._with(PO="-", Line="20"), self._with(PO="", Line="30")
        )
        self.assertEqual(found, {"P1": self.supplier})
        self.assertEqual(list(reasons), [3, 4])

    def test_headings_that_repeat_the_header(self):
        for label in ("供应商：", "Supplier: ", "Lieferant : "):
            with self.subTest(label=label):
                found, _reasons = self._above(
                    (f"{label}{self.supplier.name}", *[""] * 6),
                    self._with(Supplier=""),
                    (f"{label}{self.other.name}", *[""] * 6),
                    self._with(Supplier="", PO="P2"),
                    create_suppliers=True,
                )
                self.assertEqual(found, {"P1": self.supplier, "P2": self.other})
                self.Line.search([("company_id", "=", self.company.id)]).unlink()
