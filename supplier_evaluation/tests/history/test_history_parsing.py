import csv
import datetime
import doctest
import io
from zoneinfo import ZoneInfo

from freezegun import freeze_time

from odoo.tests import BaseCase, tagged

from ...importer import cells as cell_tools
from ...importer import matcher
from ...importer.cells import (
    CellProblem,
    escape_formula,
    unescape_formula,
)
from ...importer.files import formats, kinds
from ...importer.files.problem import HistoryFileError
from ...importer.matcher import normalise_name
from ...importer.reader import FileOptions, read_table, write_rejected
from ...importer.spelling import dates, numbers, times, together, years
from ...importer.spelling.dates import DateColumn
from ...importer.spelling.numbers import NumberColumn
from ...importer.spelling.together import settle_together
from ...importer.targets import propose_columns

JUNE_2 = "2006-06-02"
UNKNOWN = "date_year_first"


def read_date(cell, *others, **options):
    try:
        return str(DateColumn([cell, *others], **options).parse(cell))
    except CellProblem as problem:
        return problem.code


def read_number(cell, *others, **options):
    try:
        return NumberColumn([cell, *others], **options).parse(cell)
    except CellProblem as problem:
        return problem.code


@tagged("post_install", "-at_install")
class TestHistoryParsing(BaseCase):
    def test_dates_that_leave_no_choice(self):
        for cell in (
            *("02-Jun-06", "2 june 2006", "June 2, 2006", "02JUN2006", "20060602"),
            *("2006-06-02", "2006/6/2", "2006-06-02 23:59:59", "Fri, 02 Jun 2006"),
            *("2006年6月2日", "2nd June 2006", 20060602, datetime.date(2006, 6, 2)),
            datetime.datetime(2006, 6, 2, 23, 59),
            *(
                "2006年6月2号",
                "二〇〇六年六月二日",
                "2006年06月02日 星期五",
                "2006年6月2日 14时30分",
            ),
            *("2006/6/2 下午 02:30", "2006-06-02 上午9:30:00", "2006/6/2 (周五)"),
        ):
            with self.subTest(cell=cell):
                self.assertEqual(read_date(cell), JUNE_2)
        self.assertEqual(read_date("11/13/06"), "2006-11-13")
        self.assertEqual(read_date("13.11.2006"), "2006-11-13")
        self.assertEqual(read_date("5/5/06"), "2006-05-05")
        self.assertEqual(read_date("01-Jan-70"), "1970-01-01")

    def test_month_names_of_the_user(self):
        self.assertEqual(read_date("2 juin 2006"), "date_unreadable")
        self.assertEqual(read_date("2 juin 2006", months={"juin": 6}), JUNE_2)

    def test_instant_is_put_on_the_local_calendar(self):
        shanghai = ZoneInfo("Asia/Shanghai")
        self.assertEqual(read_date("2006-06-01T16:30:00Z", tz=shanghai), JUNE_2)
        self.assertEqual(read_date("2006-06-02 23:30", tz=shanghai), JUNE_2)

    def test_no_dates(self):
        for cell in ("Date Not Captured", "31/02/2006", "2006-02-30", "Jun-06", "1/2"):
            with self.subTest(cell=cell):
                self.assertEqual(read_date(cell), "date_unreadable")
        self.assertEqual(read_date("9999-12-31"), "date_range")
        self.assertEqual(read_date("1900-01-01"), "date_range")
        self.assertEqual(read_date("38870"), "date_serial")
        self.assertEqual(read_date(38870.0), "date_serial")

    def test_the_column_decides(self):
        self.assertEqual(read_date("5/6/06"), "date_ambiguous")
        self.assertEqual(read_date("5/6/06", "13/6/06"), "2006-06-05")
        self.assertEqual(read_date("5/6/06", "6/13/06"), "2006-05-06")
        self.assertEqual(read_date("5/6/06", "6/13/06", "13/6/06"), "date_contradicts")
        self.assertEqual(read_date("13/6/06", "6/13/06"), "date_contradicts")
        self.assertEqual(read_date("5/6/06", "2006-06-13"), "date_ambiguous")

    @freeze_time("2026-06-30")
    def test_the_year_may_come_first(self):
        """26/03/10 is not in 2010 where the others are 26/03/01 and 26/03/19."""
        column = ("26/03/01", "26/03/10", "26/03/19")
        self.assertEqual(read_date(column[1], *column), "2026-03-10")
        self.assertEqual(read_date("25-12-30", "26-01-02", "26-01-31"), "2025-12-30")
        self.assertEqual(read_date("26/3/1"), "2026-03-01")
        self.assertEqual(read_date("98/3/10"), "1998-03-10")
        self.assertEqual(read_date("26/03/10"), UNKNOWN)
        self.assertEqual(read_date("25/12/25", "24/01/26"), UNKNOWN)
        self.assertEqual(read_date("26/03/12", column[0], "15/03/12"), UNKNOWN)
        self.assertEqual(
            read_date("26/03/10", "26/03/12", "25/12/30", learned="ymd"), "2026-03-10"
        )
        self.assertEqual(read_date("26/03/10", learned="ymd"), "2026-03-10")
        self.assertEqual(read_date("26/03/10", order="dmy"), "2010-03-26")
        self.assertEqual(read_date("26/3/1", order="dmy"), "date_order")
        # These begin with the day.
        self.assertEqual(read_date("15/03/26", "02/03/26"), "2026-03-15")
        self.assertEqual(read_date("15.03.26"), "2026-03-15")
        self.assertEqual(read_date("15/03/99"), "1999-03-15")
        self.assertEqual(read_date("15/03/2026", "16/03/2026"), "2026-03-15")

    @freeze_time("2026-06-30")
    def test_the_year_comes_last_in_years_that_lie_apart(self):
        for column, day in (
            (("15/01/20", "15/06/24", "15/02/25"), "2020-01-15"),
            (("31.12.24", "31.12.29", "31.12.25"), "2024-12-31"),
            (("15.1.18", "14.2.22", "13.3.26"), "2018-01-15"),
            (("13/11/24", "14/11/24", "15/11/24"), "2024-11-13"),
            (("25/12/24", "24/12/25", "26/12/26", "30/01/27"), "2024-12-25"),
            (("20/03/99", "21/03/26", "22/03/26"), "1999-03-20"),
            (("1/12/20", "1/12/24", "1/12/26"), "date_ambiguous"),
        ):
            with self.subTest(column=column):
                self.assertEqual(read_date(*column), day)
        column = ("26/03/10", "26/03/12", "25/12/30")
        self.assertEqual(read_date(*column), "2026-03-10")
        self.assertEqual(read_date(*column, learned="dmy"), "2010-03-26")
        column = ("03.05.20", "03.07.24", "04.02.25")
        self.assertEqual(read_date(*column, learned="dmy"), "2020-05-03")
        self.assertEqual(read_date("1/12/20", "1/12/24", learned="mdy"), "2020-01-12")

    @freeze_time("2026-06-30")
    def test_one_mistyped_date_turns_no_column(self):
        column = [f"{day:02}/03/26" for day in range(1, 29)]
        for odd, code in (("35/03/26", "date_unreadable"), ("15.03.2", "date_order")):
            with self.subTest(odd=odd):
                self.assertEqual(read_date("20/03/26", *column, odd), "2026-03-20")
                self.assertEqual(read_date(odd, *column), code)
                columns = [DateColumn([*column, odd]), DateColumn(["20/03/26"])]
                settle_together(columns)
                self.assertEqual(str(columns[1].parse("20/03/26")), "2026-03-20")
        column = [f"26/03/0{day}" for day in range(1, 10)]
        self.assertEqual(read_date("26/03/01", *column, "26/13/04"), "2026-03-01")
        self.assertEqual(read_date("26/13/04", *column), "date_unreadable")

    def test_what_likely_years_are_moves_on(self):
        for today, found in (("2026-06-30", "2026-03-15"), ("2020-06-30", UNKNOWN)):
            with freeze_time(today):
                self.assertEqual(read_date("15/03/26", "16/03/22"), found)

    def test_examples(self):
        for module in (
            cell_tools,
            formats,
            kinds,
            dates,
            matcher,
            numbers,
            times,
            together,
            years,
        ):
            with self.subTest(module=module.__name__):
                self.assertEqual(doctest.testmod(module).failed, 0)

    @freeze_time("2026-06-30")
    def test_columns_decide_together(self):
        """Of one row, each column may be read in two ways, and all of them in one."""
        for cells, day in (
            (("26.3.1", "26.3.10", "26.3.10"), "2026-03-10"),
            (("26/03/01", "26/03/10", "26/03/19"), "2026-03-10"),
            (("13/03/26", "18/03/26", "19/03/26"), "2026-03-18"),
        ):
            with self.subTest(cells=cells):
                columns = [DateColumn([cell]) for cell in cells]
                settle_together(columns)
                self.assertEqual(str(columns[1].parse(cells[1])), day)
        columns = [DateColumn(["26/03/10"]), DateColumn(["26/03/11"])]
        settle_together(columns)
        with self.assertRaises(CellProblem) as problem:
            columns[0].parse("26/03/10")
        self.assertEqual(problem.exception.code, UNKNOWN)
        # An earlier file showed how one of them is written.
        cells = (("26/03/10", None), ("26/03/11", "dmy"))
        columns = [DateColumn([cell], learned=order) for cell, order in cells]
        settle_together(columns)
        self.assertEqual(str(columns[0].parse("26/03/10")), "2010-03-26")

    def test_the_user_decides(self):
        self.assertEqual(read_date("5/6/06", order="dmy"), "2006-06-05")
        self.assertEqual(read_date("5/6/06", order="mdy"), "2006-05-06")
        self.assertEqual(read_date("05/06/07", order="ymd"), "2005-06-07")
        self.assertEqual(read_date("5/6/06", "13/6/06", order="mdy"), "2006-05-06")
        self.assertEqual(read_date("13/6/06", order="mdy"), "date_order")

    def test_an_earlier_file_decides(self):
        self.assertEqual(read_date("5/6/06", learned="dmy"), "2006-06-05")
        self.assertEqual(read_date("5/6/06", "6/13/06", learned="dmy"), "2006-05-06")

    @freeze_time("2026-06-30")
    def test_what_nothing_shows_is_presumed(self):
        for cells, order, day in (
            (("03/04/2026",), "dmy", "2026-04-03"),
            (("03/04/2026",), "mdy", "2026-03-04"),
            (("03/04/2026",), "ymd", "date_ambiguous"),
            (("03/04/2026",), "", "date_ambiguous"),
            (("20/01/24", "21/01/24"), "dmy", "2024-01-20"),
            (("20/01/24", "21/01/24"), "ymd", "2020-01-24"),
            (("20/01/24", "21/01/24"), "mdy", UNKNOWN),
            (("05/06/26",), "ymd", "date_ambiguous"),
            (("25/06/05",), "ymd", "2025-06-05"),
            (("24/06/05", "05/06/07"), "ymd", "2024-06-05"),
            # The file shows it, or contradicts itself.
            (("03/04/2026", "13/04/2026"), "mdy", "2026-04-03"),
            (("03/04/2026", "13/04/2026", "04/13/2026"), "mdy", "date_contradicts"),
        ):
            with self.subTest(cells=cells, order=order):
                column = DateColumn(cells)
                settle_together([column], order)
                self.assertEqual(self._found(column, cells[0]), day)
                if column.doubt:
                    self.assertFalse(column.learned)
        # What an earlier file showed, or the user chose, comes first.
        for column in (
            DateColumn(["03/04/2026"], learned="dmy"),
            DateColumn(["03/04/2026"], order="dmy"),
        ):
            settle_together([column], "mdy")
            self.assertEqual(str(column.parse("03/04/2026")), "2026-04-03")
            self.assertFalse(column.doubt)

    def test_what_is_presumed_is_told_by_a_day(self):
        """As the file has it; programs write 1900 where there is no date."""
        for cells, order, doubt in (
            (("03/04/2026", "05/06/2026", "01/02/1900"), "dmy", "03/04/2026"),
            (("03/04/2026", "1/0/1900"), "dmy", "03/04/2026"),
            (("26/03/10", "22/04/31"), "ymd", "26/03/10"),
            (("3.4.2026", "1.2.1900"), "", "3.4.2026"),
            (("01/02/1900",), "dmy", None),
            (("01/02/1900",), "", None),
        ):
            with self.subTest(cells=cells, order=order):
                column = DateColumn()
                column.memory = DateColumn(cells).memory
                column.settle()
                settle_together([column], order)
                self.assertEqual(column.doubt, doubt)
                self.assertEqual(column.is_presumed, bool(order))

    @staticmethod
    def _found(column, cell):
        try:
            return str(column.parse(cell))
        except CellProblem as problem:
            return problem.code

    def test_half_converted_column(self):
        """A spreadsheet turned every date that fits into another day."""
        text = [f"9/{day}/14" for day in range(13, 25)]
        turned = [datetime.date(2014, month, 9) for month in range(1, 13)]
        for others in (turned, [day.isoformat() for day in turned]):
            found = read_date(others[0], *others, *text)
            self.assertEqual(found, "date_converted")
            found = read_date(others[0], *others, *text, trust_mixed=True)
            self.assertEqual(found, "2014-01-09")
            self.assertEqual(read_date(text[0], *others, *text), "2014-09-13")
        # A text that could be read both ways was not turned: nothing was.
        self.assertEqual(read_date(turned[0], *turned, *text, "9/2/14"), "2014-01-09")
        true = [f"2014-09-{day}" for day in range(13, 25)]
        self.assertEqual(read_date(true[0], *true, *text), "2014-09-13")

    def test_numbers(self):
        for cell, number in (
            *(("1,234.56", 1234.56), ("1.234,56", 1234.56), ("1 234,56", 1234.56)),
            *(
                ("1\u202f234,56", 1234.56),
                ("1'234.56", 1234.56),
                ("1234.567", 1234.567),
            ),
            *(("€ 12.50", 12.5), ("12,50 EUR", 12.5), ("$1,234.00", 1234.0)),
            *(("0.123", 0.123), ("1,234,567", 1234567.0), ("1,23,456.0", 123456.0)),
            *(("(12)", -12.0), ("12-", -12.0), ("−12", -12.0), ("1.2E+05", 120000.0)),
            *((5, 5.0), (0.1, 0.1), ("1 234 567", 1234567.0), (".5", 0.5)),
        ):
            with self.subTest(cell=cell):
                self.assertEqual(read_number(cell), number)

    def test_no_numbers(self):
        for cell in ("ten", "10 pcs", "nan", "inf", "--5", "1.2.3", True, "1 23"):
            with self.subTest(cell=cell):
                self.assertEqual(read_number(cell), "number_unreadable")

    def test_ambiguous_numbers(self):
        self.assertEqual(read_number("1,234"), "number_ambiguous")
        self.assertEqual(read_number("1,234", "6.2"), 1234.0)
        self.assertEqual(read_number("1,234", "6,2"), 1.234)
        self.assertEqual(read_number("1,234", "6,2", "6.2"), "number_contradicts")
        self.assertEqual(read_number("1,234", decimal="."), 1234.0)
        self.assertEqual(read_number("1,234", decimal=","), 1.234)
        self.assertEqual(read_number("1,234", learned="."), 1234.0)
        self.assertEqual(read_number("1.5", decimal=","), "number_format")

    def test_csv_dialects(self):
        for content in (
            b"a,b\r\n1,x\r\n",
            b"\xef\xbb\xbfa;b\n1;x\n",
            "a\tb\n1\tx\n".encode("utf-16"),
            b"sep=|\na|b\n1|x\n",
            b"\n\na,b\n\n1,x\n,\n",
        ):
            with self.subTest(content=content):
                table = read_table(content)
                self.assertEqual(table.header, ("a", "b"))
                self.assertEqual([row.cells for row in table.rows()], [("1", "x")])
        self.assertEqual(read_table(b"\n\na,b\n\n1,x\n").head(1)[0].number, 5)
        rows = read_table(b'a,b\n"x\ny",2\nz,3\n').head(2)
        self.assertEqual(rows[1].number, 3)

    def test_headers_get_names_of_their_own(self):
        self.assertEqual(read_table(b"a,,a\n1,2,3\n").header, ("a", "#2", "a (2)"))

    def test_files_that_cannot_be_read(self):
        for content, code in (
            (b"", "file_empty"),
            (b" \n ", "file_empty"),
            (b"a,b\n\x81,\x98,\xff\n", "file_encoding_auto"),
            ("Müller,Größe,".encode() * 9 + b"\xff\n", "file_encoding_auto"),
            (b"\xd0\xcf\x11\xe0 old Excel", "file_is_xls"),
            (b"PK\x03\x04 no workbook", "file_xlsx"),
        ):
            with self.subTest(content=content):
                with self.assertRaises(HistoryFileError) as error:
                    read_table(content)
                self.assertEqual(error.exception.code, code)
        options = FileOptions(encoding="cp1252")
        table = read_table("Müller,b\n".encode("latin-1"), options)
        self.assertEqual(table.header[0], "Müller")

    def test_formulas_are_escaped_and_restored(self):
        for text in ("=1+1", "-5", "+x", "@SUM", "\tx", "'=1", "''-2", "it's", "'x"):
            with self.subTest(text=text):
                escaped = escape_formula(text)
                self.assertNotIn(escaped[0], "=+-@\t")
                self.assertEqual(unescape_formula(escaped), text)

    def test_rejected_rows_come_back_as_they_were(self):
        content = b'Vendor,Qty\n"=cmd|x, Ltd",-5\n'
        table = read_table(content)
        rows = [(row.number, "Bad", row.cells) for row in table.rows()]
        written = write_rejected(table.header, rows)
        cells = list(csv.reader(io.StringIO(written.decode("utf-8-sig"))))
        self.assertEqual(cells[0], ["Vendor", "Qty", "row", "reason"])
        self.assertEqual(cells[1], ["'=cmd|x, Ltd", "'-5", "2", "Bad"])
        again = read_table(written)
        self.assertEqual(again.header, table.header)
        self.assertEqual(list(again.rows()), list(table.rows()))

    def test_names_are_normalised(self):
        same = (
            "Société  GÉNÉRALE, S.A.",
            "societe generale SA",
            "Societe Generale S.A",
        )
        self.assertEqual(len(set(map(normalise_name, same))), 1)
        different = ("Acme Ltd", "Acme BV", "Acme", "Acme & Co", "Ac me Ltd")
        self.assertEqual(len(set(map(normalise_name, different))), 5)
        self.assertEqual(normalise_name("й"), normalise_name("Й"))

    def test_columns_are_proposed_by_their_headers(self):
        header = ("Supplier", "PO Number", "Scheduled Delivery Date", "Qty", "Line")
        proposed = propose_columns(header)
        self.assertEqual(
            proposed,
            {
                "supplier_name": "Supplier",
                "order_ref": "PO Number",
                "line_ref": "Line",
                "date_promised": "Scheduled Delivery Date",
                "quantity_ordered": "Qty",
            },
        )
        labels = {"order_ref": "Bestellnummer"}
        self.assertEqual(
            propose_columns(("Bestell-Nummer",), labels),
            {"order_ref": "Bestell-Nummer"},
        )
