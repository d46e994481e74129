from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import SQL

from ....models.scorecard.seal import verify_seals
from .common import ADJUSTMENT, AdjustedCommon


@tagged("post_install", "-at_install")
class TestAdjustments(AdjustedCommon):
    """What is changed by hand is written down: who, why, on what, for whom."""

    def test_override(self):
        evaluation = self._evaluate()
        self._override(evaluation)
        row = self._rows()
        self.assertEqual(
            (row.kind, row.partner_id, row.evaluation_id, row.kpi_id.code),
            ("overridden", self.late_supplier, evaluation, "otd"),
        )
        self.assertEqual((row.score_from, row.score_to), (0, 100))
        self.assertEqual((row.favour, row.user_id), ("supplier", self.people["one"]))
        self.assertEqual(row.reason, "Our dock was closed")
        self.assertFalse(row.has_evidence)
        self.assertEqual(self._otd(evaluation).computed_score, 0)

    def test_override_against_the_supplier(self):
        evaluation = self._evaluate()
        line = self._as(self._otd(evaluation, self.supplier), "one")
        line.write(
            {"is_overridden": True, "override_score": 10, "override_reason": "Bribed"}
        )
        self.assertEqual(self._rows().favour, "company")

    def test_override_taken_back(self):
        evaluation = self._evaluate()
        self._override(evaluation).write({"is_overridden": False})
        self.assertEqual(self._rows().mapped("kind"), ["overridden", "restored"])
        self.assertFalse(evaluation.adjustment_ids)

    def test_left_out(self):
        self._leave_out(self.late_line)
        row = self._rows()
        self.assertEqual(
            (row.kind, row.exclusion, row.partner_id, row.res_id),
            ("left_out", "manual", self.late_supplier, self.late_line.id),
        )
        self._leave_out(self.late_line, exclusion="count")
        self.assertEqual(self._rows().mapped("kind"), ["left_out", "counted"])
        self.assertFalse(self.env[ADJUSTMENT]._left_out())

    def test_in_whose_favour_a_line_is_left_out(self):
        punctual = self.env["purchase.order.line"].search(
            [("partner_id", "=", self.supplier.id)], limit=1
        )
        self._leave_out(self.late_line | punctual)
        self._leave_out(self.late_line | punctual, exclusion="count")
        rows = self._rows().grouped("partner_id")
        self.assertEqual(
            rows[self.late_supplier].mapped("favour"), ["supplier", "company"]
        )
        self.assertEqual(rows[self.supplier].mapped("favour"), ["company", "supplier"])

    def test_an_incident_left_out_is_good_for_the_supplier(self):
        incident = self.env["supplier.incident"].create(
            {
                "title": "Burr",
                "company_id": self.company.id,
                "partner_id": self.late_supplier.id,
            }
        )
        self._leave_out(incident)
        self._leave_out(incident, exclusion="count")
        self.assertEqual(self._rows().mapped("favour"), ["supplier", "company"])

    # ------------------------------------------------------------
    # Evidence
    # ------------------------------------------------------------

    def test_evidence_is_kept(self):
        """Each row has its own; what was uploaded may go, and the row keeps it."""
        lines = self.env["purchase.order.line"].search(
            [("partner_id", "=", self.late_supplier.id)], limit=2
        )
        file = self._file("dock.txt")
        self._leave_out(lines, evidence=file)
        file.unlink()
        rows = self._rows()
        self.assertEqual(len(rows), 2)
        for row in rows:
            self.assertTrue(row.has_evidence)
            self.assertIn("dock.txt", row.evidence_mark)
            self.assertEqual(row.attachment_ids.mapped("raw"), [b"The dock"])

    def test_evidence_of_an_override(self):
        evaluation = self._evaluate()
        file = self._file("mail.txt")
        line = self._override(evaluation, override_evidence_ids=file.ids)
        self.assertEqual(self._rows().attachment_ids.mapped("name"), ["mail.txt"])
        self.assertEqual(line.override_evidence_ids, file)
        evaluation.action_compute()
        line.invalidate_recordset()
        self.assertFalse(line.is_overridden or line.override_evidence_ids)
        self.assertEqual(self._rows().attachment_ids.mapped("name"), ["mail.txt"])

    def test_evidence_stays_as_it_was(self):
        self._leave_out(self.late_line, evidence=self._file("dock.txt"))
        kept = self._rows().attachment_ids
        changes = (
            lambda one: one.write({"raw": b"Another"}),
            lambda one: one.write({"name": "other.txt"}),
            lambda one: one.write({"res_id": 0}),
            lambda one: one.unlink(),
        )
        for who in ("one", "server"):
            attachment = kept.sudo() if who == "server" else self._as(kept, who)
            for number, change in enumerate(changes):
                with (
                    self.subTest(who=who, change=number),
                    self.assertRaises(UserError),
                ):
                    change(attachment)
        self.assertEqual(kept.mapped("raw"), [b"The dock"])

    def test_a_link_is_no_evidence(self):
        files = self._as(self.env["ir.attachment"], "one")
        link = files.create({"name": "Link", "type": "url", "url": "https://x.example"})
        with self.assertRefused("is a link"):
            self._leave_out(self.late_line, evidence=link)

    def test_evidence_is_for_those_who_read_the_register(self):
        self._leave_out(self.late_line, evidence=self._file("dock.txt", public=True))
        self.assertFalse(self._rows().attachment_ids.public)

    def test_evidence_of_another_stays(self):
        """Who mends the words keeps the file, and attaches nobody else's."""
        evaluation = self._evaluate()
        mine = self._file("mail.txt")
        self._override(evaluation, override_evidence_ids=mine.ids)
        self._override(evaluation, "two", override_reason="Our dock was shut")
        self.assertEqual(self._rows().mapped("has_evidence"), [True, True])
        secret = self.env["ir.attachment"].create({"name": "w.txt", "raw": b"Wages"})
        with self.assertRaises(AccessError):
            self._override(evaluation, override_evidence_ids=secret.ids)

    def test_only_what_was_overridden_is_restored(self):
        evaluation = self._evaluate()
        self._as(self._otd(evaluation), "one").write({"override_reason": "A note"})
        self.assertFalse(self._rows())

    def test_computed_again_restores(self):
        evaluation = self._evaluate()
        self._override(evaluation)
        self._as(evaluation, "two").action_compute()
        row = self._rows()[-1]
        self.assertEqual((row.kind, row.user_id), ("restored", self.people["two"]))

    def test_blanks_are_no_reason(self):
        wizard = self._as(self.env["supplier.exclusion.wizard"], "one").create(
            {
                "targets": {"purchase.order.line": self.late_line.ids},
                "exclusion": "manual",
                "reason": "  ",
            }
        )
        with self.assertRefused("Say why"):
            wizard.action_apply()

    def test_a_company_that_asks_for_evidence(self):
        evaluation = self._evaluate()
        self.company.supplier_evidence_required = True
        asked = "asks for evidence"
        with self.assertRefused(asked):
            self._leave_out(self.late_line)
        with self.assertRefused(asked):
            self._override(evaluation)
        self.assertFalse(self._rows())
        shown = self._file("note.txt")
        self._leave_out(self.late_line, evidence=shown)
        self._leave_out(self.late_line, exclusion="count")
        self._override(evaluation, override_evidence_ids=[(4, shown.id)])
        self._override(evaluation, is_overridden=False)
        self.assertEqual(
            self._rows().mapped("kind"),
            ["left_out", "counted", "overridden", "restored"],
        )

    def test_nobody_adds_evidence(self):
        self._leave_out(self.late_line, evidence=self._file("dock.txt"))
        with self.assertRaises(AccessError):
            self._as(self.env["ir.attachment"], "one").create(
                {
                    "name": "more.txt",
                    "raw": b"More",
                    "res_model": ADJUSTMENT,
                    "res_id": self._rows().id,
                }
            )

    # ------------------------------------------------------------
    # Sealed
    # ------------------------------------------------------------

    def test_sealed_with_the_evaluation(self):
        self._leave_out(self.late_line, evidence=self._file("dock.txt"))
        evaluation = self._evaluate()
        self._override(evaluation, score=70)
        self._as(evaluation, "two").action_publish()
        kinds = [words["kind"] for words in evaluation.changed_by_hand]
        self.assertEqual(kinds, ["left_out", "overridden"])
        [name, _checksum] = evaluation.changed_by_hand[0]["evidence"][0]
        self.assertEqual(name, "dock.txt")
        self.assertEqual(evaluation.adjustment_ids, self._rows())
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertFalse(verify_seals(self.company))
        self.env.cr.execute(
            SQL(
                "UPDATE supplier_evaluation SET changed_by_hand = NULL WHERE id = %s",
                evaluation.id,
            )
        )
        self.env.invalidate_all()
        self.assertIn(evaluation.name, verify_seals(self.company))

    def test_nothing_changed_is_sealed_as_before(self):
        evaluation = self._evaluate()
        evaluation.action_publish()
        self.assertFalse(evaluation.changed_by_hand)
        self.assertFalse(verify_seals(self.company))
