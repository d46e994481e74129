import io
from datetime import datetime
from unittest.mock import patch

from freezegun import freeze_time
from openpyxl import load_workbook

from odoo import Command
from odoo.exceptions import MissingError
from odoo.tests import HttpCase, tagged

from .common import PDF, PortalCommon

FIGURES = "odoo.addons.supplier_evaluation.models.portal.figures.MOST"
SAVED = "odoo.addons.supplier_evaluation.models.portal.figures.MOST_SAVED"
AT_ONCE = "odoo.addons.supplier_evaluation.models.portal.figures.SAVED_AT_ONCE"
CONTROLLER = "odoo.addons.portal.controllers.portal.CustomerPortal._items_per_page"


@tagged("post_install", "-at_install")
class TestPortalLists(PortalCommon, HttpCase):
    """A list that goes on says so, and leads on."""

    def test_lists_have_pages(self):
        titles = ["First", "Second", "Third"]
        self.env["supplier.incident"].create(
            [
                {
                    "title": title,
                    "partner_id": self.supplier.id,
                    "company_id": self.company.id,
                    "is_in_portal": True,
                }
                for title in titles
            ]
        )
        with patch(CONTROLLER, 2):
            first = self._page("/my/supplier/incidents").text
            second = self._page("/my/supplier/incidents/page/2").text
            alone = self._page("/my/supplier/scorecards").text
        self.assertIn("/my/supplier/incidents/page/2", first)
        self.assertEqual([title in first for title in titles], [False, True, True])
        self.assertEqual([title in second for title in titles], [True, False, False])
        self.assertNotIn("/page/", alone)

    def test_many_are_read_at_once(self):
        """A page asks the database as often for many as for one."""
        door, parties = self._door("ours"), self.supplier
        ideas = self.env["supplier.idea"].sudo()
        meeting, short = self._meeting_of(parties), self._meeting_of(parties)
        points = self.env["supplier.meeting.point"].sudo()
        file = {"name": "a.pdf", "raw": PDF, "mimetype": "application/pdf"}
        self._point_of(short).file_ids = self.env["ir.attachment"].create(file)
        for number in range(3):
            ideas |= self._idea_of(parties, title=f"Idea {number}")
            points |= self._point_of(meeting)
            door._attach(ideas[-1], [file])
            points[-1].file_ids = self.env["ir.attachment"].create(file)
        cards = (self.card | self.their_card).sudo()
        for call, records in (
            (door._ideas, ideas),
            (door._cards, cards),
            (door._files_of, points),
        ):
            with self.subTest(records=records):
                self.assertEqual(
                    self._statements(call, records[:1]),
                    self._statements(call, records),
                )
        self.assertEqual(
            self._statements(door._meeting, short.sudo()),
            self._statements(door._meeting, meeting.sudo()),
        )
        self.assertEqual([len(one["files"]) for one in door._ideas(ideas)], [1, 1, 1])

    def _statements(self, call, records):
        # What the server remembers is asked once only.
        call(records)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        call(records)
        return self.env.cr.sql_log_count - before

    def test_records_behind_a_figure(self):
        page = f"/my/supplier/figure/{self.line.id}"
        self.assertNotIn("o_supplier_portal_more", self._page(page).text)
        with patch(FIGURES, 1):
            text = self._page(page).text
        self.assertIn("o_supplier_portal_more", text)
        self.assertIn("The first 1 of 2 records", text)

    def test_exactly_as_many_as_are_shown(self):
        with patch(FIGURES, 2):
            figure = self._door("ours")._figure(self.line.sudo())
        self.assertEqual(len(figure["counted"]), 2)
        self.assertEqual(figure["notes"], {"counted": None, "left_out": None})


@tagged("post_install", "-at_install")
class TestPortalRecords(PortalCommon, HttpCase):
    """What is behind each kind of figure, or why nothing of it is shown."""

    CODES = (
        "flexibility",
        "quotation_volatility",
        "purchase_growth",
        "cooperation_years",
        "training_completed",
        "discount_rate",
        "return_rate",
        "customer_assessment",
    )

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._order(10, 4, "2025-03-12", confirmed="2025-03-05")
        cls._order(10, 4, "2025-03-12", confirmed="2025-03-05", partner=cls.rival)
        cls.urgent = cls._order(10, 6, "2026-03-11", priority="1")
        cls._receive(cls.urgent, "2026-03-12")
        cls.sent, cls.draft = cls._request(6.25, "sent"), cls._request(7, "draft")
        with freeze_time("2026-03-20 04:00:00"):
            cls.held, cls.planned = cls.env["supplier.training"].create(
                [
                    {
                        "title": title,
                        "partner_id": cls.supplier.id,
                        "company_id": cls.company.id,
                        "date": "2026-03-10",
                        "invited": 4,
                        "attended": 2,
                        "completed": 0,
                        "description": "<p>They slept</p>",
                    }
                    for title in ("How to pack", "Not yet announced")
                ]
            )
            cls.held.action_hold()
        template = cls._create_template("Newest", cls.CODES, is_in_portal=True)
        evaluation = cls._evaluate(template)
        evaluation.action_publish()
        lines = cls._card_of(evaluation, cls.supplier).line_ids
        cls.figures = {line.kpi_id.code: line for line in lines}

    @classmethod
    def _request(cls, price, state):
        order = cls.env["purchase.order"].create(
            {
                "partner_id": cls.supplier.id,
                "company_id": cls.company.id,
                "date_order": "2026-03-08 04:00:00",
                "order_line": [
                    Command.create(
                        {
                            "product_id": cls.product.id,
                            "product_qty": 10,
                            "price_unit": price,
                            "tax_ids": [Command.clear()],
                        }
                    )
                ],
            }
        )
        order.state = state
        return order

    def _rows(self, code, kind="counted"):
        figure = self._door("ours")._figure(self.figures[code].sudo())
        return [row["texts"] for row in figure[kind]]

    def test_each_kpi_has_records_or_a_reason(self):
        """A KPI that is added says here what a supplier sees behind its figure."""
        door = self.env["supplier.portal"]
        columns, reasons = door._columns(), door._reasons()
        self.assertFalse(columns.keys() & reasons.keys())
        named = self.env["ir.model.data"].search(
            [
                ("model", "=", "supplier.kpi"),
                ("module", "=like", "supplier\\_evaluation%"),
            ]
        )
        kpis = self.env["supplier.kpi"].browse(named.mapped("res_id"))
        self.assertGreaterEqual(len(kpis), 38)
        for kpi in kpis:
            with self.subTest(kpi=kpi.code):
                self.assertIn(kpi.fact_model, columns.keys() | reasons.keys())
                for name in columns.get(kpi.fact_model, ()):
                    self.assertIn(name, self.env[kpi.fact_model]._fields)
        private = {"user_id", "respondent_id", "exclusion_reason", "reference_price"}
        for names in columns.values():
            self.assertFalse(private.intersection(names))

    def test_own_records(self):
        [urgent] = self._rows("flexibility")
        self.assertEqual(urgent[0], self.urgent.order_id.name)
        self.assertEqual(urgent[4:], ["Yes", "No", "0.0 %"])
        [held] = self._rows("training_completed")
        self.assertEqual((held[0], held[2:]), ("How to pack", ["4", "2", "0"]))
        self.assertFalse(self._rows("training_completed", "left_out"))
        quoted = {(row[0], row[5]) for row in self._rows("quotation_volatility")}
        self.assertIn((self.sent.name, "6.25 USD"), quoted)
        left_out = self._rows("quotation_volatility", "left_out")
        self.assertNotIn(self.draft.name, [row[0] for row in left_out])
        growth = self._rows("purchase_growth")
        self.assertEqual(
            sorted(row[4] for row in growth),
            ["40.00 USD", "50.00 USD", "50.00 USD", "60.00 USD"],
        )
        self.assertEqual(len(self._rows("cooperation_years")), 1)

    def test_what_a_figure_is_made_of(self):
        """Who is to believe a figure, or dispute it, sees what went into it."""
        rows = self._rows("discount_rate")
        [urgent] = [row for row in rows if row[0] == self.urgent.order_id.name]
        self.assertEqual(urgent[3:], ["10.0", "6.00 USD"])
        received = [row[3:5] for row in self._rows("return_rate")]
        self.assertIn(["10.0", ""], received)

    def test_pages(self):
        rival = self.other.order_id.name
        for code, line in self.figures.items():
            with self.subTest(kpi=code):
                text = self._page(f"/my/supplier/figure/{line.id}").text
                reason = "because their names and words are theirs"
                self.assertEqual(reason in text, code == "customer_assessment")
                for secret in (rival, "They slept", "Not yet announced", "Rival"):
                    self.assertNotIn(secret, text)

    def _book(self, code):
        file = self._page(f"/my/supplier/figure/{self.figures[code].id}/records")
        self.assertEqual(file.status_code, 200)
        self.assertIn(".xlsx", file.headers["Content-Disposition"])
        return load_workbook(io.BytesIO(file.content))

    def _saved(self, book):
        """Return the rows of the records that counted, and of those left out."""
        return [
            [list(row) for row in sheet.iter_rows(2, values_only=True)]
            for sheet in book.worksheets[1:]
        ]

    def test_download(self):
        """The same records as a workbook, also those that have no room on the page."""
        with patch(FIGURES, 1), patch(AT_ONCE, 1):
            for code, line in self.figures.items():
                with self.subTest(kpi=code):
                    if code == "customer_assessment":
                        url = f"/my/supplier/figure/{line.id}/records"
                        self.assertEqual(self._page(url).status_code, 404)
                        continue
                    counted, left_out = self._saved(self._book(code))
                    with patch(FIGURES, 80):
                        shown = self._rows(code)
                    self.assertEqual(
                        [row[0] for row in counted], [row[0] for row in shown]
                    )
                    self.assertNotIn("Not yet announced", str(left_out))

    def test_download_has_numbers_and_days(self):
        [[row], _left_out] = self._saved(self._book("training_completed"))
        self.assertEqual(row, ["How to pack", datetime(2026, 3, 10), 4, 2, 0, None])
        days = datetime(2026, 3, 11), datetime(2026, 3, 12)
        book = self._book("flexibility")
        [[row], _left_out] = self._saved(book)
        self.assertEqual(row[2:], [*days, "Yes", "No", 0, None])
        self.assertEqual(book.worksheets[1]["G2"].number_format, "0.0%")
        self.assertTrue(book.worksheets[1]["C2"].is_date)
        [quoted, _left_out] = self._saved(self._book("quotation_volatility"))
        self.assertIn((self.sent.name, 6.25, "USD"), [(r[0], *r[5:7]) for r in quoted])
        [growth, _left_out] = self._saved(self._book("purchase_growth"))
        self.assertEqual(
            sorted(tuple(row[4:6]) for row in growth),
            [(40, "USD"), (50, "USD"), (50, "USD"), (60, "USD")],
        )

    def test_download_says_what_it_has(self):
        book = self._book("purchase_growth")
        cover = {row[0].value: row[1].value for row in book.worksheets[0].iter_rows()}
        self.assertEqual(cover["Supplier"], self.supplier.name)
        self.assertEqual(cover["Counted"], "4 of 4 records are in the file.")
        page = f"/my/supplier/figure/{self.figures['purchase_growth'].id}"
        self.assertNotIn("o_supplier_portal_not_saved", self._page(page).text)
        with patch(SAVED, 3), patch(FIGURES, 2):
            book = self._book("purchase_growth")
            text = self._page(page).text
        cover = {row[0].value: row[1].value for row in book.worksheets[0].iter_rows()}
        self.assertEqual(cover["Counted"], "3 of 4 records are in the file.")
        self.assertEqual(len(self._saved(book)[0]), 3)
        self.assertIn("3 of 4 records are in the file.", text)

    def test_download_has_no_formulas(self):
        self.held._write_guarded({"title": "=HYPERLINK(1)"})
        self.env.flush_all()
        cell = self._book("training_completed").worksheets[1]["A2"]
        self.assertEqual((cell.value, cell.data_type), ("=HYPERLINK(1)", "s"))
        self.assertTrue(cell.quotePrefix)

    def test_each_kind_of_record_can_be_saved(self):
        portal = self.env["supplier.portal"]
        for model, names in portal._columns().items():
            facts = self.env[model]
            with self.subTest(model=model):
                query = facts._search([], limit=1)
                columns = [
                    facts._field_to_sql(facts._table, name, query) for name in names
                ]
                rows = self.env.execute_query(query.select(*columns))
                for name, values in zip(names, zip(*rows, strict=True), strict=False):
                    portal._saved_column(facts, name, values)

    def test_disputes(self):
        """Each record can be disputed, and left out; what is hidden is not there."""
        door = self._door("ours")
        for code in self.CODES[:-1]:
            with self.subTest(kpi=code):
                line = self.figures[code]
                row = door._figure(line.sudo())["counted"][0]
                dispute = self._dispute(line=line, fact_id=row["id"])
                self.assertIn(row["texts"][0], dispute.record_name)
                self.assertTrue(dispute._disputed_fact()._records_left_out())
        for code, fact_id in (
            ("quotation_volatility", self.draft.order_line.id * 2),
            ("training_completed", self.planned.id),
            ("customer_assessment", 1),
        ):
            with self.subTest(hidden=code), self.assertRaises(MissingError):
                self._dispute(line=self.figures[code], fact_id=fact_id)
