from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import RiskCommon


@tagged("post_install", "-at_install")
class TestRiskSignal(RiskCommon):
    """What a signal says, and who may say it."""

    def test_severity_and_review_are_proposed(self):
        signal = self._signal("sanctions")
        self.assertEqual(signal.severity, "critical")
        self.assertEqual((signal.date_review - signal.create_date.date()).days, 7)
        self.assertEqual(self._signal("news").severity, "low")
        self.assertEqual(self._signal("news", severity="high").severity, "high")

    def test_worse_is_looked_at_sooner_and_never_later(self):
        signal = self._signal("news")
        first = signal.date_review
        signal.severity = "high"
        self.assertLess(signal.date_review, first)
        sooner = signal.date_review
        signal.severity = "low"
        self.assertEqual(signal.date_review, sooner)

    def test_a_look_says_its_day_as_the_reader_does(self):
        check = self._check("2026-03-15")
        self.assertEqual(check.display_name, "Court 03/15/2026")
        self.env["res.lang"]._activate_lang("zh_CN")
        chinese = check.with_context(lang="zh_CN")
        self.assertEqual(chinese.display_name, "Court 2026/03/15")

    def test_form(self):
        signals = self._as(self.signals, "buyer")
        with Form(signals) as form:
            form.name = "Bankruptcy filed"
            form.partner_id = self.supplier
            form.kind = "insolvency"
            self.assertEqual(form.severity, "critical")
        self.assertEqual(form.record.user_id, self.people["buyer"])
        self.assertEqual(form.record.state, "open")

    def test_same_reference_of_a_source_is_the_same_signal(self):
        self._signal(external_ref="C-1")
        self._signal(external_ref="C-1", source="Paper")
        self._signal()
        self._signal()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.cr.savepoint(),
        ):
            self._signal(external_ref="C-1")
            self.env.flush_all()

    def test_link_opens_a_page_only(self):
        with self.assertRaises(ValidationError):
            self._signal(link="javascript:alert(1)")
        self._signal(link="https://example.com/1")

    def test_nobody_writes_the_status_by_hand(self):
        signal = self._as(self._signal(), "manager")
        for vals in ({"state": "closed"}, {"involved_ids": [(5,)]}, {"rating_fall": 3}):
            with self.assertRaises(AccessError):
                signal.write(vals)
        with self.assertRaises(AccessError):
            signal.create({**signal.copy_data()[0], "state": "closed"})

    def test_nobody_puts_one_into_a_company_of_others(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        signal = self._as(self._signal(), "buyer")
        with self.assertRaises(AccessError):
            signal.company_id = other
        with self.assertRaises(AccessError):
            signal.take_rows("Court", [], other)

    def test_files_of_a_closed_signal_stay(self):
        signal = self._signal("news")
        vals = {"name": "page.txt", "raw": b"x", "res_model": signal._name}
        file = self.env["ir.attachment"].create({**vals, "res_id": signal.id})
        signal.action_close()
        with self.assertRaises(UserError):
            file.raw = b"y"
        with self.assertRaises(UserError):
            file.unlink()
