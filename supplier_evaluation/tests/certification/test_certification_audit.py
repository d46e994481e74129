import base64

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import CertificationCommon

PAPER = {"report": base64.b64encode(b"paper"), "report_name": "audit.pdf"}


@tagged("post_install", "-at_install")
class TestCertificationAudit(CertificationCommon):
    """An audit stays with whom it was made at, and is judged by somebody else."""

    def test_audit_is_not_handed_on(self):
        certification = self._in_review()
        other = self._create_supplier("Other")
        program = self._program(name="Other programme")
        model = self._as(self.env["supplier.certification.audit"], "colleague")
        audit = model.create({"certification_id": certification.id, **PAPER})
        audit.action_finish()
        for vals in (
            {"partner_id": other.id},
            {"program_id": program.id},
            {"company_id": self.elsewhere.id},
        ):
            for person in ("submitter", "first", "manager"):
                with (
                    self.subTest(person=person, vals=vals),
                    self.assertRaises(AccessError),
                ):
                    self._as(audit, person).write(vals)
            with self.assertRaises(AccessError):
                model.create({"certification_id": certification.id, **vals})

    def test_it_is_called_by_whom_it_was_made_at(self):
        supplier = self._create_supplier("Audited")
        audit = self.env["supplier.certification.audit"].create(
            {"partner_id": supplier.id, "company_id": self.env.company.id}
        )
        audit.date = "2026-03-02"
        self.env["res.lang"]._activate_lang("zh_CN")
        chinese = audit.with_context(lang="zh_CN")
        self.assertEqual(audit.display_name, "Audited, 03/02/2026")
        self.assertEqual(chinese.display_name, "Audited，2026/03/02")

    def test_who_finishes_an_audit(self):
        certification = self._in_review()
        audits = self.env["supplier.certification.audit"]
        audit = self._as(audits, "submitter").create(
            {"certification_id": certification.id, **PAPER}
        )
        with self.assertRefused("You opened or submitted", AccessError):
            audit.action_finish()
        with self.assertRefused("Only its auditor", AccessError):
            self._as(audit, "colleague").action_finish()
        self._as(audit, "first").action_finish()
        self.assertEqual(audit.state, "done")
        own = self._as(audits, "manager").create(
            {
                "certification_id": certification.id,
                "auditor_id": self.people["colleague"].id,
                **PAPER,
            }
        )
        self._as(own, "colleague").action_finish()
        self.assertEqual(own.state, "done")

    def test_finding_stays_out_of_a_finished_audit(self):
        certification = self._in_review()
        model = self._as(self.env["supplier.certification.audit"], "colleague")
        done = model.create({"certification_id": certification.id, **PAPER})
        done.action_finish()
        open_audit = model.create(
            {
                "certification_id": certification.id,
                "finding_ids": [Command.create({"name": "Fire"})],
            }
        )
        with self.assertRefused("stays"):
            open_audit.finding_ids.audit_id = done
        third = model.create({"certification_id": certification.id})
        open_audit.finding_ids.audit_id = third
        self.assertEqual(third.score, 100 - self.program.downgrade_minor)

    def test_audit_that_says_nothing(self):
        """It would pass with 100; a finding, a checklist or a paper do."""
        certification = self._in_review()
        model = self._as(self.env["supplier.certification.audit"], "colleague")
        for vals in (
            {"finding_ids": [Command.create({"name": "Fire"})]},
            {"questionnaire_id": self._checklist().id},
            PAPER,
        ):
            audit = model.create({"certification_id": certification.id})
            for nothing in ({}, {"summary": "Nothing found in the paint shop"}):
                audit.write(nothing)
                with self.assertRefused("says nothing"):
                    audit.action_finish()
            audit.write(vals)
            audit.answer_ids.rating = "8"
            audit.action_finish()
            self.assertEqual(audit.state, "done")
            for change in ({"summary": "Better"}, {"report": False}):
                with self.assertRefused("stays"):
                    audit.write(change)

    def _checklist(self):
        return self.env["supplier.questionnaire"].create(
            {
                "name": "Paint shop",
                "company_id": self.company.id,
                "question_ids": [
                    Command.create({"name": name, "weight": weight, "kind": "rating"})
                    for name, weight in (("Order", 1), ("Safety", 3))
                ],
            }
        )

    def test_audit_without_a_certification(self):
        """A checklist and findings decide; nobody takes it for a certification's."""
        contact = self._create_contact("Clerk")
        certification = self._in_review()
        model = self._as(self.env["supplier.certification.audit"], "colleague")
        audit = model.create(
            {"partner_id": contact.id, "questionnaire_id": self._checklist().id}
        )
        self.assertEqual(
            (audit.partner_id, audit.company_id), (self.supplier, self.company)
        )
        self.assertFalse(audit.program_id)
        order, safety = audit.answer_ids
        order.rating = "10"
        with self.assertRefused("not complete. Answer: Safety"):
            audit.action_finish()
        safety.rating = "9"
        audit.finding_ids = [
            Command.create({"name": "Dust"}),
            Command.create({"name": "Leak", "severity": "major"}),
        ]
        self.assertEqual(audit.score, 92.5 - 5 - 20)
        with self.assertRefused("Only its auditor", AccessError):
            self._as(audit, "submitter").action_finish()
        audit.action_finish()
        self.assertEqual(audit.result, "failed")
        for change in (
            {"questionnaire_id": False},
            {"partner_id": self._create_supplier("Other").id},
            {"certification_id": certification.id},
        ):
            with self.assertRefused("stays"):
                audit.write(change)
        with self.assertRefused("stays"):
            safety.rating = "1"
        action = audit.finding_ids[0].action_start_corrective_action()
        corrective = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(corrective.partner_id, self.supplier)
        other = self._create_supplier("Another")
        free = model.create({"partner_id": other.id})
        free.certification_id = certification
        self.assertEqual(free.partner_id, self.supplier)

    # ------------------------------------------------------------
    # What a finished audit rests on
    # ------------------------------------------------------------

    def _audit_with_report(self, certification, report=b"paper"):
        """Return an open audit, and the attachment that is its report."""
        audit = self._as(self.env["supplier.certification.audit"], "colleague").create(
            {
                "certification_id": certification.id,
                "summary": "Clean",
                "finding_ids": [] if report else [Command.create({"name": "Dust"})],
                "report": report and base64.b64encode(report),
            }
        )
        return audit, self.env["ir.attachment"].search(
            [
                ("res_model", "=", audit._name),
                ("res_id", "=", audit.id),
                ("res_field", "=", "report"),
            ]
        )

    def _attach(self, audit, **vals):
        return self._as(self.env["ir.attachment"], "submitter").create(
            {
                "name": "photo.txt",
                "raw": b"photo",
                "res_model": audit._name,
                "res_id": audit.id,
                **vals,
            }
        )

    def test_report_of_a_finished_audit_is_not_exchanged(self):
        certification = self._in_review()
        audit, report = self._audit_with_report(certification)
        other, other_report = self._audit_with_report(certification, b"other")
        self._as(report, "submitter").raw = b"mended"
        photo = self._attach(audit)
        audit.action_finish()
        self._as(report, "submitter").write({"raw": b"mended"})  # stored anew
        for person in ("submitter", "colleague", "first", "manager"):
            mine, its_photo, its_other = (
                self._as(attachment, person)
                for attachment in (report, photo, other_report)
            )
            for number, (attachment, vals) in enumerate(
                (
                    (mine, {"raw": b"forged"}),
                    (mine, {"datas": base64.b64encode(b"forged")}),
                    (mine, {"res_field": False}),
                    (mine, {"res_id": other.id}),
                    (mine, None),
                    (its_photo, None),
                    (its_photo, {"raw": b"other"}),
                    (its_photo, {"res_field": "report"}),
                    (its_other, {"res_id": audit.id}),
                )
            ):
                with (
                    self.subTest(person=person, change=number),
                    self.assertRefused("is finished and stays"),
                    self.env.cr.savepoint(),
                ):
                    if vals:
                        attachment.write(vals)
                    else:
                        attachment.unlink()
        (report | other_report | photo).invalidate_recordset()
        self.assertEqual(report.raw, b"mended")
        self.assertEqual(audit.report, base64.b64encode(b"mended"))
        self.assertEqual((photo.raw, other_report.res_id), (b"photo", other.id))

    def test_finished_audit_gets_no_report_behind_its_back(self):
        audit, report = self._audit_with_report(self._in_review(), b"")
        self.assertFalse(report)
        audit.action_finish()
        with self.assertRefused("is finished and stays"), self.env.cr.savepoint():
            self._attach(audit, res_field="report")
        self.assertTrue(self._attach(audit), "more may hang on it")
        self.assertFalse(audit.report)

    def test_finished_audit_stays_with_a_draft(self):
        """What was never submitted can be deleted, but not from under an audit."""
        kept, free = self._draft(), self._draft()
        audit, _report = self._audit_with_report(kept)
        open_audit, _report = self._audit_with_report(free)
        audit.action_finish()
        with self.assertRefused("is finished and stays"):
            self._as(free | kept, "manager").unlink()
        with self.assertRefused("is finished and stays"):
            kept.sudo().with_context(_force_unlink=True).unlink()
        self.assertTrue(kept.exists() and free.exists() and audit.exists())
        self._as(free, "manager").unlink()
        self.assertFalse(open_audit.exists())
