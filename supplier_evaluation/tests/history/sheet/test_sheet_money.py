from unittest.mock import patch

from odoo.tests import tagged

from ....importer.cells import Worded
from ....importer.files import workbook
from ....importer.reader import Row
from ....models.history.supplier_history_job_row import dump_row, load_row
from .common import HEADER, SheetCommon


@tagged("post_install", "-at_install")
class TestSheetMoney(SheetCommon):
    """Currencies and units that stand beside the numbers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.currency.rate"].create(
            {
                "currency_id": cls.eur.id,
                "rate": 0.5,
                "name": "2020-01-01",
                "company_id": cls.company.id,
            }
        )

    def _price(self, text, currency=""):
        header = (*HEADER, "Unit Price", "Currency")
        row = self._with(text, currency)
        lines, reasons = self._go(self._text(header, row, delimiter=";"))
        found = (lines.price_unit, lines.currency_id.name) if lines else reasons[2]
        lines.unlink()
        return found

    def test_the_price_names_its_currency(self):
        """1,234.50 euros are no dollars."""
        for text, currency, found in (
            ("€ 1.234,50", "", (1234.5, "EUR")),
            ("1.234,50 EUR", "", (1234.5, "EUR")),
            ("1.234,50 €", "EUR", (1234.5, "EUR")),
            ("US$ 5,00", "", (5, "USD")),
            ("$5,00", "", (5, "USD")),
            ("5,00", "", (5, "USD")),
            ("1,5 TEUR", "", (1500, "EUR")),
            ("12,-", "EUR", (12, "EUR")),
            ("12,-- €", "", (12, "EUR")),
        ):
            with self.subTest(text=text, currency=currency):
                self.assertEqual(self._price(text, currency), found)
        for text, currency, words in (
            ("€ 5,00", "USD", "The price says “€”"),
            ("5,00 foo", "", "no currency “foo”"),
            ("5,00 / 100", "", "is not a number"),
        ):
            with self.subTest(text=text, currency=currency):
                self.assertIn(words, self._price(text, currency))

    def test_the_format_names_the_currency(self):
        """A sheet that shows € 5.00 holds 5, and the sign in its format."""
        for shown, price, currency, found in (
            ("#,##0.00 [$€-407]", 1234.567, "", (1234.567, "EUR")),
            ("[$USD] 0.00", 5, "", (5, "USD")),
            ('_-* #,##0.00\\ "€"_-;-* #,##0.00', 5, "EUR", (5, "EUR")),
            ('"Price "0.00', 5, "", (5, "USD")),
            ("0.00", 5, "EUR", (5, "EUR")),
            ('0.00 "€/kg"', 5, "EUR", (5, "EUR")),
            ('0.00 "€/kg"', 5, "", (5, "EUR")),
            ('0.00" /kg"', 5, "EUR", (5, "EUR")),
            ('0" SKU"', 5, "", (5, "USD")),
            ("0 [$SKU]", 5, "", (5, "USD")),
            ('0" kg"', 5, "", (5, "USD")),
            ('0" KGS"', 5, "", (5, "USD")),
            ('0.0" TEUR"', 5, "", (5000, "EUR")),
            ("[$€-407] 0.00", 5, "USD", "The price says “€”"),
        ):
            with self.subTest(shown=shown, currency=currency):

                def prepare(_book, sheet, shown=shown):
                    sheet["J2"].number_format = shown

                rows = [self._row(Price=price, Currency=currency)]
                report = self._import(self._xlsx(rows, prepare=prepare))
                if report.rejected:
                    self.assertIn(found, report.rejected[0].reason)
                    # It says so in the file of rejected rows, too.
                    self.assertIn("5 €", report.rejected_csv().decode())
                    continue
                line = self.Line.browse(report.line_ids)
                self.assertEqual((line.price_unit, line.currency_id.name), found)
                line.unlink()

    def test_the_header_says_for_how_many(self):
        for name, price in (
            ("Unit Price (EUR/100)", 2.5),
            ("Price per 1000", 0.25),
            ("Unit Price per 10", 25),
            ("单价(每10个)", 25),
            ("Unit Price (EUR)", 250),
            ("Price 2026/10", 250),
            ("Preis 01/10", 250),
            ("Preise per 10/2026", 250),
            ("Price per 1,000", 0.25),
            ("Unit Price (EUR per 1.000)", 0.25),
            ("Preis/1 000 Stk", 0.25),
            ("Price per thousand", 0.25),
            ("Preis je Tausend", 0.25),
            ("Preis (EUR/Tsd. Stück)", 0.25),
            ("Prix (€/mille)", 0.25),
            ("Price USD/kpcs", 0.25),
            ("Price/100pcs", 2.5),
            ("单价（每千件）", 0.25),
            ("单价(每百个)", 2.5),
            ("单价(每万只)", 0.025),
            ("单价(每千克)", 250),
            ("Price per 10,5 kg", 250),
            ("Price/2,000", 250),
        ):
            with self.subTest(name=name):
                wizard = self._wizard(self._text((*HEADER, name), self._with("250")))
                line = wizard.line_ids.filtered(lambda one: one.target == "price_unit")
                line.column_id = wizard.column_ids[-1]
                wizard.action_import()
                line = self.Line.search([("order_ref", "=", "P1")])
                self.assertEqual(line.price_unit, price)
                line.unlink()

    def test_the_header_names_the_currency(self):
        for name, found in (
            ("Unit Price (EUR)", "EUR"),
            ("Unit Price (EUR per 1,000)", "EUR"),
            ("Unit Price EUR", "EUR"),
            ("unit_price_eur", "EUR"),
            ("Price in €", "EUR"),
            ("Price in US$", "USD"),
            ("Price per rubber", "USD"),
            ("Price", "USD"),
        ):
            with self.subTest(name=name):
                wizard = self._wizard(self._text((*HEADER, name), self._with("250")))
                line = wizard.line_ids.filtered(lambda one: one.target == "price_unit")
                line.column_id = wizard.column_ids[-1]
                wizard.action_import()
                line = self.Line.search([("order_ref", "=", "P1")])
                self.assertEqual(line.currency_id.name, found)
                line.unlink()

    def test_the_format_names_the_unit(self):
        def prepare(_book, sheet):
            sheet["I2"].number_format = '0" dozen"'

        rows = [self._row(Qty=10, Arrived_Qty=10)]
        line = self.Line.browse(
            self._import(self._xlsx(rows, prepare=prepare)).line_ids
        )
        self.assertEqual(line.uom_id, self.env.ref("uom.product_uom_dozen"))

    def test_formats_of_other_columns(self):
        """They say nothing of a quantity, and are no part of a number of an order."""

        def prepare(_book, sheet):
            sheet["D2"].number_format = '"PON"0'
            sheet["E2"].number_format = '0" pcs"'
            sheet["I2"].number_format = "#,##0 [$€-407]"
            sheet["O2"].number_format = '0" /box"'

        rows = [self._row(PO=45, Line=10, Qty=10, Arrived_Qty=10)]
        report = self._import(self._xlsx(rows, prepare=prepare))
        self.assertFalse(report.rejected)
        line = self.Line.browse(report.line_ids)
        self.assertEqual((line.order_ref, line.line_ref), ("45", "10"))
        self.assertEqual((line.quantity_ordered, line.uom_id.name), (10, False))

    def test_formats_are_read_in_the_stream(self):
        """The XML of a large sheet is not parsed once more for them."""

        def prepare(_book, sheet):
            sheet["D4"].number_format = "00000"
            sheet["J4"].number_format = "0.00 [$€-407]"

        rows = [self._row(PO="P1"), {}, self._row(PO=45, Price=5)]
        with patch.object(workbook, "_parse_marks") as parse:
            report = self._import(self._xlsx(rows, prepare=prepare))
        parse.assert_not_called()
        self.assertFalse(report.rejected)
        lines = self.Line.browse(report.line_ids).sorted("order_ref")
        self.assertEqual(lines.mapped("order_ref"), ["00045", "P1"])
        self.assertEqual(lines.mapped("currency_id.name"), ["EUR", "USD"])

        def hide(book, sheet):
            prepare(book, sheet)
            sheet.row_dimensions[2].hidden = True

        report = self._import(self._xlsx(rows, prepare=hide))
        self.assertEqual((report.hidden_rows, report.unchanged), (1, 2))

    def test_formats_in_the_background(self):
        row = Row(2, (Worded(5.5, "€"), "x"))
        cell = load_row(2, dump_row(row)).cells[0]
        self.assertEqual((cell, cell.word), (5.5, "€"))

    def _units(self, ordered, received, header=HEADER, **more):
        header = (*header, *more)
        row = (*self._with(Qty=ordered, Received_Qty=received), *more.values())
        lines, reasons = self._go(self._text(header, row))
        found = reasons[2] if reasons else (lines.quantity_ordered, lines.uom_id.name)
        lines.unlink()
        return found

    def test_the_quantity_names_its_unit(self):
        """10 dozen are no 10 pieces."""
        self.assertEqual(self._units("100 pcs", "100 EA"), (100, "Units"))
        self.assertEqual(self._units("100个", "100 个"), (100, "Units"))
        self.assertEqual(self._units("10 DOZ", "10"), (10, "Dozens"))
        self.assertEqual(self._units("10 kg", "10", Unit="KGM"), (10, "kg"))
        self.assertEqual(self._units("2 boxes", "2 boxes"), (2, False))
        for ordered, received, unit, words in (
            ("10 DOZ", "120 PCS", "", "in “DOZ” and in “PCS”"),
            ("10 kg", "10", "pcs", "in “pcs” and in “kg”"),
            ("2 boxes", "20 pcs", "", "in “boxes” and in “pcs”"),
            ("1.2万", "12000", "", "no unit “万”"),
            ("100+5", "105", "", "is not a number"),
            ("95%", "95", "", "is not a number"),
        ):
            with self.subTest(ordered=ordered):
                self.assertIn(words, self._units(ordered, received, Unit=unit))

    def test_the_header_names_the_unit(self):
        def header(ordered, received):
            return (
                *HEADER[:3],
                f"Qty ({ordered})",
                *HEADER[4:6],
                f"GR Qty ({received})",
            )

        found = self._units("10", "10", header=header("KG", "公斤"))
        self.assertEqual(found, (10, "kg"))
        # A column of the row knows it better.
        found = self._units("10", "10", header=header("Units", "Units"), Unit="kg")
        self.assertEqual(found, (10, "kg"))
        found = self._units("10", "10", header=header("箱", "件"))
        self.assertIn("in “箱” and in “件”", found)
        self.assertIn(
            "no unit “MT”", self._units("10", "10", header=header("MT", "MT"))
        )
        found = self._units("10", "10", header=header("requested", "booked"))
        self.assertEqual(found, (10, False))

    def test_the_chosen_unit_comes_before_the_header(self):
        """The carton of a known product is none of our units: somebody has to say."""
        self.env["product.product"].create({"name": "Bolt", "default_code": "B-1"})
        names = (*HEADER[:3], "Qty (ctn)", *HEADER[4:6], "GR Qty (ctn)", "SKU")
        content = self._text(names, self._with("B-1"))
        _lines, reasons = self._go(content)
        self.assertIn("no unit “ctn”", reasons[2])
        self.assertIn("choose a default unit", reasons[2])
        dozen = self.env.ref("uom.product_uom_dozen")
        lines, reasons = self._go(content, uom_id=dozen.id)
        self.assertFalse(reasons)
        self.assertEqual(lines.uom_id, dozen)
        self.assertEqual(lines.product_id.default_code, "B-1")
        lines.unlink()
        # What is counted in two units is not in the one that was chosen.
        names = (*HEADER[:3], "Qty (kg)", *HEADER[4:6], "GR Qty (pcs)")
        _lines, reasons = self._go(self._text(names, self._with()), uom_id=dozen.id)
        self.assertIn("in “kg” and in “pcs”", reasons[2])

    def test_the_chosen_currency_comes_before_the_header(self):
        """The cell of a row, a column or a format, comes before both."""
        names = (*HEADER, "Unit Price (EUR)", "Currency")
        for currency, found in (("", "USD"), ("EUR", "EUR")):
            with self.subTest(currency=currency):
                content = self._text(names, self._with("5", currency))
                chosen = self.env.ref("base.USD").id
                lines, reasons = self._go(content, currency_id=chosen)
                self.assertFalse(reasons)
                self.assertEqual(lines.currency_id.name, found)
                lines.unlink()
