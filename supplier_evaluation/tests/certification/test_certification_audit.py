import base64

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import CertificationCommon


@tagged("post_install", "-at_install")
class TestCertificationAudit(CertificationCommon):
    """An audit stays with whom it was made at, and is judged by somebody else."""

    def test_audit_is_not_handed_on(self):
        certification = self._in_review()
        other = self._create_supplier("Other")
        program = self._program(name="Other programme")
        model = self._as(self.env["supplier.certification.audit"], "colleague")
        audit = model.create({"certification_id": certification.id, "summary": "Clean"})
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

    def test_who_finishes_an_audit(self):
        certification = self._in_review()
        audits = self.env["supplier.certification.audit"]
        audit = self._as(audits, "submitter").create(
            {"certification_id": certification.id, "summary": "Clean"}
        )
        with self.assertRefused("You submitted", AccessError):
            audit.action_finish()
        with self.assertRefused("Only its auditor", AccessError):
            self._as(audit, "colleague").action_finish()
        self._as(audit, "first").action_finish()
        self.assertEqual(audit.state, "done")
        own = self._as(audits, "manager").create(
            {
                "certification_id": certification.id,
                "auditor_id": self.people["colleague"].id,
                "summary": "Clean",
            }
        )
        self._as(own, "colleague").action_finish()
        self.assertEqual(own.state, "done")

    def test_finding_stays_out_of_a_finished_audit(self):
        certification = self._in_review()
        model = self._as(self.env["supplier.certification.audit"], "colleague")
        done = model.create({"certification_id": certification.id, "summary": "Clean"})
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
        """It would pass with 100 points; a finding, a word or a paper is enough."""
        certification = self._in_review()
        model = self._as(self.env["supplier.certification.audit"], "colleague")
        paper = {"report": base64.b64encode(b"paper"), "report_name": "audit.pdf"}
        for vals in (
            {"finding_ids": [Command.create({"name": "Fire"})]},
            {"summary": "Nothing found in the paint shop"},
            paper,
        ):
            audit = model.create({"certification_id": certification.id})
            for nothing in ({}, {"summary": " \n"}):
                audit.write(nothing)
                with self.assertRefused("says nothing"):
                    audit.action_finish()
            audit.write(vals)
            audit.action_finish()
            self.assertEqual(audit.state, "done")
            for change in ({"summary": "Better"}, {"report": False}):
                with self.assertRefused("stays"):
                    audit.write(change)
