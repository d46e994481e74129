import io
from unittest.mock import patch

from freezegun import freeze_time
from openpyxl import load_workbook

from odoo import Command
from odoo.exceptions import MissingError
from odoo.tests import HttpCase, tagged

from .common import PortalCommon

FIGURES = "odoo.addons.supplier_evaluation.models.portal.figures.MOST"
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

    def test_pages(self):
        rival = self.other.order_id.name
        for code, line in self.figures.items():
            with self.subTest(kpi=code):
                text = self._page(f"/my/supplier/figure/{line.id}").text
                reason = "because their names and words are theirs"
                self.assertEqual(reason in text, code == "customer_assessment")
                for secret in (rival, "They slept", "Not yet announced", "Rival"):
                    self.assertNotIn(secret, text)

    def test_download(self):
        """The same records as a workbook, also those that have no room on the page."""
        with patch(FIGURES, 1):
            for code, line in self.figures.items():
                with self.subTest(kpi=code):
                    file = self._page(f"/my/supplier/figure/{line.id}/records")
                    if code == "customer_assessment":
                        self.assertEqual(file.status_code, 404)
                        continue
                    self.assertIn(".xlsx", file.headers["Content-Disposition"])
                    book = load_workbook(io.BytesIO(file.content))
                    counted, left_out = (
                        [list(row) for row in sheet.iter_rows(2, values_only=True)]
                        for sheet in book.worksheets
                    )
                    with patch(FIGURES, 80):
                        shown = self._rows(code)
                    self.assertEqual(
                        [[cell or "" for cell in row[:-1]] for row in counted], shown
                    )
                    self.assertNotIn("Not yet announced", str(left_out))

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
