import base64

from odoo.tests import tagged

from .common import ExchangeCommon


@tagged("post_install", "-at_install")
class TestExchangeImport(ExchangeCommon):
    """The dialog: check, import, and get back what was not taken."""

    CONTENT = (
        "kind;id;supplier;name;country;colour\n"
        "supplier;1;;螺丝厂;CN;red\n"
        "supplier;2;;;CN;\n"
        "contact;3;1;安;;\n"
    ).encode("gb18030")

    def test_check_then_import(self):
        dialog = self._as(self.env["supplier.exchange.import"], self.manager).create(
            {
                "source_id": self.erp.id,
                "file": base64.b64encode(self.CONTENT),
                "filename": "records.csv",
            }
        )
        dialog.action_check()
        self.assertEqual(dialog.state, "checked")
        self.assertTrue(dialog.message_id.dry_run)
        self.assertEqual((dialog.created_count, dialog.refused_count), (2, 1))
        self.assertFalse(self.env["res.partner"].search([("name", "=", "螺丝厂")]))
        dialog.action_import()
        self.assertEqual(dialog.state, "done")
        self.assertFalse(dialog.message_id.dry_run)
        partner = self.env["res.partner"].search([("name", "=", "螺丝厂")])
        self.assertEqual(partner.child_ids.name, "安")
        self.assertEqual(dialog.problem_ids.number, 3)

    def test_mended_rows_come_in(self):
        message = self._dialog(self.CONTENT).message_id
        action = message.action_download_refused()
        self.assertIn("refused_file", action["url"])
        back = base64.b64decode(message.refused_file).decode("utf-8-sig")
        self.assertIn("Fill it in", back)
        self.assertIn("records.csv-refused.csv", action["url"])
        mended = back.replace("supplier,2,,,CN", "supplier,2,,Nut Ltd,CN")
        again = self._dialog(mended.encode(), "mended.csv").message_id
        self.assertEqual(self._states(again), ["created"])

    def test_the_same_file_gives_the_same_answer(self):
        first = self._dialog(self.CONTENT).message_id
        self.assertEqual(self._dialog(self.CONTENT).message_id, first)

    def test_files_that_are_none(self):
        with self.assertRefused("no column for: kind, id"):
            self._dialog(b"name\nBolt\n")
        with self.assertRefused("Choose a file"):
            self._dialog(b"")
