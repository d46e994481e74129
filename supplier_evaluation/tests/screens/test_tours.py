import io
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time
from openpyxl import Workbook

from odoo import fields
from odoo.tests import HttpCase, tagged

from ..common import BUYER, MANAGER, SupplierEvaluationCommon


@tagged("post_install", "-at_install")
class TestTours(SupplierEvaluationCommon, HttpCase):
    """The way of a user through the screens, on real orders and receipts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.date_from = fields.Date.today() - timedelta(days=90)
        cls.lines = [cls._ordered_line(day) for day in range(10, 16)]
        for line, late in zip(cls.lines[:4], (0, 0, 5, 9), strict=True):
            cls._receive(line, str(line.date_promised.date() + timedelta(days=late)))
        with freeze_time(str(cls.date_from)):
            cls.lines[5].order_id.button_cancel()
        cls.evaluation = cls.env["supplier.evaluation"].create(
            {
                "template_id": cls.template.id,
                "company_id": cls.company.id,
                "date_from": cls.date_from,
                "date_to": cls.date_from + timedelta(days=30),
            }
        )
        cls._create_user("tour_buyer", BUYER)
        cls._create_user("tour_manager", MANAGER)

    @classmethod
    def _ordered_line(cls, day):
        return cls._order(
            100,
            10,
            str(cls.date_from + timedelta(days=day)),
            confirmed=str(cls.date_from),
        )

    def test_scorecard(self):
        self.evaluation.action_compute()
        self.evaluation.action_publish()
        self.start_tour(
            f"/odoo/vendors/{self.supplier.id}",
            "supplier_evaluation_scorecard",
            login="tour_buyer",
        )

    def test_publish(self):
        self.start_tour(
            f"/odoo/supplier-evaluations/{self.evaluation.id}",
            "supplier_evaluation_publish",
            login="tour_manager",
        )
        self.assertEqual(self.evaluation.state, "published")
        self.assertTrue(self.evaluation.scorecard_ids.seal)

    def test_override(self):
        self.evaluation.action_compute()
        scorecard = self.evaluation.scorecard_ids
        self.start_tour(
            f"/odoo/supplier-scorecards/{scorecard.id}",
            "supplier_evaluation_override",
            login="tour_manager",
        )
        line = scorecard.line_ids.filtered("is_overridden")
        self.assertEqual(line.kpi_id.code, "otd")
        self.assertEqual(line.score, 88)

    def test_change_promise(self):
        line = self.lines[4]
        promised = line.date_promised
        self.start_tour(
            f"/odoo/purchase-orders/{line.order_id.id}",
            "supplier_evaluation_change_promise",
            login="tour_buyer",
        )
        self.assertEqual(line.promise_change_ids.note, "Their furnace is down")
        self.assertEqual(line.date_promised, promised)
        self.assertTrue(line.date_promise_broken)


@tagged("post_install", "-at_install")
class TestHistoryTours(SupplierEvaluationCommon, HttpCase):
    """Files of the system before come in, in the dialog and in the background."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_user("tour_manager", MANAGER)

    def _tour(
        self, name, place="action-supplier_evaluation.supplier_history_import_action"
    ):
        tour = f"supplier_evaluation_import_history{name}"
        self.start_tour(f"/odoo/{place}", tour, login="tour_manager")
        return self.env["supplier.history.line"].search(
            [("company_id", "=", self.company.id)]
        )

    def _keep_workbook(self):
        """Where the tour finds it: two sheets, one with an example above all."""
        header = ("Vendor", "PO", "PO Line", "Quantity", "Promised Date", "Status")
        states = ("Closed", "On hold", "Refused")
        rows = [
            ("Golden Supplier", "OLD-1", number, 10, "2026-03-10", state)
            for number, state in enumerate(states, start=1)
        ]
        book = Workbook()
        book.active.title = "This Year"
        other = book.create_sheet("Last Year")
        example = ("Example Ltd", "EX-1", 1, 10, "2026-03-10", "Open")
        for row in (("Orders",), header, example):
            book.active.append(row)
        for row in (header, example, header, *rows):
            other.append(row)
        buffer = io.BytesIO()
        book.save(buffer)
        attachment = self.env["ir.attachment"].create(
            {"name": "old.xlsx", "raw": buffer.getvalue(), "public": True}
        )
        self.env["ir.model.data"].create(
            {
                "module": "supplier_evaluation",
                "name": "tour_history_workbook",
                "model": "ir.attachment",
                "res_id": attachment.id,
            }
        )

    def test_import_history(self):
        lines = self._tour("")
        self.assertEqual(lines.mapped("line_ref"), ["1", "2"])
        self.assertEqual(lines.partner_id, self.supplier)

    def test_orders_then_receipts(self):
        """Of a sheet with its headers far down, then of a list of its own."""
        self._keep_workbook()
        line = self._tour("_sheet")
        self.assertEqual((line.order_ref, line.line_ref), ("OLD-1", "1"))
        self.assertFalse(line.quantity_received)
        self.assertEqual(self._tour("_receipts"), line)
        line.invalidate_recordset()
        self.assertEqual(line.receipt_ids.mapped("quantity"), [4, 6])

    def test_long_file(self):
        self._order(10, 5, "2026-03-10").order_id.partner_ref = "OLD-1"
        dialog = "odoo.addons.supplier_evaluation.wizard.history"
        with patch(f"{dialog}.supplier_history_import.LONG", 2):
            self.assertFalse(self._tour("_long"))
        cron = self.env.ref("supplier_evaluation.ir_cron_supplier_history")
        self.env.flush_all()
        with self.enter_registry_test_mode():
            # The first time reads, the second imports.
            cron.method_direct_trigger()
            cron.method_direct_trigger()
        self.env.invalidate_all()
        lines = self._tour("_done", "supplier-history-imports")
        self.assertEqual(lines.mapped("line_ref"), ["1", "2"])
        job = self.env["supplier.history.job"].search([("name", "=", "long.csv")])
        self.assertEqual(job.user_id.login, "tour_manager")
        self.assertEqual((job.created_count, job.rejected_count), (2, 1))


@tagged("post_install", "-at_install")
class TestWidgets(HttpCase):
    """The unit tests of the field widgets."""

    browser_size = "1366x768"

    def test_desktop(self):
        self.browser_js(
            "/web/tests?headless&loglevel=2&preset=desktop&timeout=15000"
            f"&id={self._hoot_id('@supplier_evaluation')}",
            "",
            "",
            login="admin",
            timeout=300,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=lambda message: "[HOOT]" not in message,
        )

    @staticmethod
    def _hoot_id(name):
        """The identifier that Hoot gives to a suite, from its name."""
        number = 0
        for char in name:
            number = (number * 31 + ord(char)) & 0xFFFFFFFF
        return f"{number:08x}"
