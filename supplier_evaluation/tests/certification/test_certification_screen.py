import base64
from ast import literal_eval

from lxml import etree

from odoo import Command, fields
from odoo.tests import Form, tagged

from .common import CertificationCommon


@tagged("post_install", "-at_install")
class TestCertificationScreen(CertificationCommon):
    """What the form shows, and how one goes on from there without leaving it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._archive_other_programs()

    def _rows(self, certification, user="submitter"):
        """Return the rows of the checklist as a user sees them, by their key."""
        own = self._as(certification, user)
        own.invalidate_recordset(["checklist_rows", "missing_now_count"])
        return {row["key"]: row for row in own.checklist_rows}

    def _row(self, certification, kind="document", user="submitter"):
        rows = self._rows(certification, user)
        return next(row for key, row in rows.items() if key.startswith(kind))

    def _open(self, certification, row, user="submitter"):
        return self._as(certification, user).action_open_requirement(row["key"])

    # ------------------------------------------------------------
    # The checklist
    # ------------------------------------------------------------

    def test_missing_document_is_added(self):
        self.document.active = False
        certification = self._draft()
        row = self._row(certification)
        self.assertEqual(row["action"], "add")
        self.assertTrue(row["now"])
        self.assertFalse(row["done"])
        self.assertEqual(self._as(certification, "submitter").missing_now_count, 1)
        action = self._open(certification, row)
        self.assertEqual(action["target"], "new")
        documents = self._as(self.env["supplier.document"], "submitter")
        document = Form(documents.with_context(**action["context"])).save()
        self.assertEqual(document.partner_id, self.supplier)
        self.assertEqual(document.type_id, self.licence)
        row = self._row(certification, "verified")
        self.assertEqual(row["action"], "open")
        self.assertEqual(self._open(certification, row)["res_id"], document.id)
        # It can be handed in, and is verified until the decision.
        self.assertFalse(row["now"])

    def test_outdated_document_is_renewed(self):
        self.document.active = False
        self._document(date_to=fields.Date.subtract(fields.Date.today(), days=3))
        certification = self._draft()
        row = self._row(certification)
        self.assertEqual((row["action"], row["done"]), ("renew", False))
        action = self._open(certification, row)
        self.assertEqual(action["target"], "new")
        self.assertTrue(action["context"]["default_previous_id"])

    def test_document_that_is_there_is_opened(self):
        certification = self._draft()
        row = self._row(certification)
        self.assertEqual((row["action"], row["done"]), ("open", True))
        self.assertEqual(self._open(certification, row)["res_id"], self.document.id)

    def test_verified_by_who_may(self):
        self.document.active = False
        document = self._document(verified=False)
        certification = self._in_review_unverified()
        row = self._row(certification, "verified", "first")
        self.assertFalse(row["verify"])
        self.assertTrue(row["now"])
        self.assertIn("A manager", row["hint"])
        with self.assertRefused("Only a manager"):
            self._as(certification, "first").action_verify_requirement(row["key"])
        row = self._row(certification, "verified", "manager")
        self.assertTrue(row["verify"])
        self.assertFalse(row["hint"])
        self._as(certification, "manager").action_verify_requirement(row["key"])
        self.assertEqual(document.verification, "verified")
        self.assertEqual(document.verified_uid, self.people["manager"])
        self.assertTrue(self._row(certification, "document", "manager")["done"])

    def _in_review_unverified(self):
        certification = self._submitted()
        self._as(certification, "manager").action_start_review()
        return certification

    def test_nobody_verifies_what_they_entered(self):
        self.document.active = False
        documents = self._as(self.env["supplier.document"], "manager")
        documents.create({"partner_id": self.supplier.id, "type_id": self.licence.id})
        certification = self._draft()
        row = self._row(certification, "verified", "manager")
        self.assertFalse(row["verify"])
        self.assertIn("You entered it", row["hint"])
        self.licence.verifier_ids = self.people["first"]
        row = self._row(certification, "verified", "manager")
        self.assertIn(self.people["first"].name, row["hint"])
        self.licence.verifier_ids = False
        with self.assertRefused("somebody else has to verify"):
            self._as(certification, "manager").action_verify_requirement(row["key"])

    def test_audit_is_entered(self):
        self.program.audit_required = True
        certification = self._draft()
        row = self._row(certification, "audit")
        self.assertEqual((row["action"], row["now"]), ("audit", False))
        action = self._open(certification, row)
        context = action["context"]
        self.assertEqual(context["default_certification_id"], certification.id)
        audits = self._as(self.env["supplier.certification.audit"], "first")
        audit = audits.create(
            {
                "certification_id": certification.id,
                "report": base64.b64encode(b"Everything"),
            }
        )
        self.assertEqual(self._open(certification, row)["res_id"], audit.id)
        audit.action_finish()
        row = self._row(certification, "audit")
        self.assertEqual((row["action"], row["done"]), ("open", True))
        self.assertEqual(self._open(certification, row)["res_id"], audit.id)

    def test_steps_are_the_managers(self):
        self.program.step_ids.substitute_ids = False
        self.program.step_ids.user_ids = self.people["first"]
        certification = self._draft()
        row = self._row(certification, "steps")
        self.assertFalse(row["action"])
        self.assertFalse(self._open(certification, row))
        row = self._row(certification, "steps", "manager")
        self.assertEqual(row["action"], "program")
        action = self._open(certification, row, "manager")
        self.assertEqual(action["res_id"], self.program.id)

    def test_other_rows_lead_to_what_they_are_about(self):
        self.program.scorecard_count = 1
        submitted = self._draft()
        rows = self._rows(submitted)
        action = self._open(submitted, rows["score"])
        self.assertEqual(action["res_model"], "supplier.scorecard")
        self.assertIn(("partner_id", "=", self.supplier.id), action["domain"])
        self.program.scorecard_count = 0
        self._as(submitted, "submitter").action_submit()
        twin = self._draft()
        row = self._row(twin, "waiting")
        self.assertEqual(self._open(twin, row)["res_id"], submitted.id)
        self.assertFalse(self._as(twin, "submitter").action_open_requirement("gone"))

    # ------------------------------------------------------------
    # The programme
    # ------------------------------------------------------------

    def _proposed(self, **vals):
        form = Form(self._as(self.env["supplier.certification"], "submitter"))
        self.assertFalse(form.program_id)
        form.partner_id = vals.pop("partner", self.supplier)
        return form.program_id.with_env(self.env)

    def test_only_programme_is_proposed(self):
        self.assertEqual(self._proposed(), self.program)
        self.program.country_ids = self.env.ref("base.fr")
        self.assertEqual(self._proposed(), self.program)
        self._program(name="Other", country_ids=self.program.country_ids.ids)
        self.assertFalse(self._proposed())

    def test_narrow_programme_is_proposed_before_a_wide_one(self):
        france = self.env.ref("base.fr")
        narrow = self._program(
            name="French", sequence=99, country_ids=[Command.set(france.ids)]
        )
        self.assertEqual(self._proposed(), self.program)
        self.supplier.country_id = france
        self.assertEqual(self._proposed(), narrow)
        certification = self._draft(program_id=narrow.id)
        self.assertEqual(self._proposed(), self.program)
        self._as(certification, "manager").unlink()
        self.assertEqual(self._proposed(), narrow)

    def test_chosen_programme_stays(self):
        other = self._program(name="Other")
        certifications = self._as(self.env["supplier.certification"], "submitter")
        form = Form(certifications.with_context(default_program_id=other.id))
        form.partner_id = self.supplier
        self.assertEqual(form.program_id.id, other.id)

    def test_without_programmes(self):
        draft = self._as(self.env["supplier.certification"], "submitter").new(
            {"company_id": self.company.id}
        )
        self.assertTrue(draft.has_programs)
        self.program.active = False
        draft.invalidate_recordset(["has_programs"])
        self.assertFalse(draft.has_programs)
        arch = self._as(self.env["supplier.certification"], "submitter").get_view(
            view_type="form"
        )["arch"]
        self.assertIn("No programme is in use yet", arch)
        self.assertNotIn("Open Programmes", arch)
        arch = self._as(self.env["supplier.certification"], "manager").get_view(
            view_type="form"
        )["arch"]
        self.assertIn("Open Programmes", arch)

    def test_name(self):
        certification = self._draft()
        self.assertEqual(certification.display_name, "Golden Supplier, Test programme")
        self._as(certification, "submitter").action_submit()
        self.assertEqual(
            certification.display_name,
            f"Golden Supplier, Test programme, {certification.name}",
        )

    # ------------------------------------------------------------
    # The steps
    # ------------------------------------------------------------

    def _steps(self, certification):
        certification.invalidate_recordset(["step_rows"])
        return certification.step_rows

    def test_steps(self):
        certification = self._draft()
        first, second = self._steps(certification)
        self.assertEqual((first["name"], first["status"]), ("Quality", "later"))
        self.assertEqual(
            set(first["people"]),
            set((self.people["first"] | self.people["substitute"]).mapped("name")),
        )
        self.assertEqual((second["status"], second["decisions"]), ("later", []))
        certification = self._in_second_step()
        first, second = self._steps(certification)
        self.assertEqual((first["status"], first["people"]), ("done", []))
        [decision] = first["decisions"]
        self.assertEqual(decision["person"], self.people["first"].name)
        self.assertEqual(decision["comment"], "Parts are fine")
        self.assertEqual(second["status"], "current")
        self.assertEqual(
            set(second["people"]),
            set((self.people["second"] | self.people["deputy"]).mapped("name")),
        )

    def test_steps_of_all(self):
        step = self._step("Both", "first", "second", mode="all")
        program = self._program([step], name="All")
        certification = self._in_approval(program_id=program.id)
        self._as(certification, "first")._approve()
        [both] = self._steps(certification)
        self.assertEqual((both["status"], both["all"]), ("current", True))
        self.assertEqual(both["people"], [self.people["second"].name])
        [decision] = both["decisions"]
        self.assertEqual(decision["decision"], "approved")

    def test_steps_begin_anew(self):
        certification = self._in_second_step()
        self._as(certification, "second")._send_back("A page is missing")
        self.assertEqual(
            [step["status"] for step in self._steps(certification)], ["later", "later"]
        )
        self.assertFalse(self._steps(certification)[0]["decisions"])

    def test_rejection_is_shown_in_its_step(self):
        first, second = self._steps(self._rejected())
        self.assertEqual(first["decisions"][0]["decision"], "rejected")
        self.assertEqual(second["status"], "later")

    # ------------------------------------------------------------
    # The supplier
    # ------------------------------------------------------------

    def test_supplier_beside_it(self):
        incidents = self.env["supplier.incident"].create(
            [
                {"title": title, "partner_id": self.supplier.id, "company_id": company}
                for title, company in (
                    ("Open", self.company.id),
                    ("Over", self.company.id),
                    ("There", self.elsewhere.id),
                )
            ]
        )
        incidents[1].action_resolve()
        certification = self._as(self._draft(), "submitter")
        self.assertFalse(certification.supplier_scorecard_id)
        self.assertEqual(certification.supplier_incident_count, 1)
        self.assertEqual(certification.supplier_document_count, 1)
        action = certification.action_open_incidents()
        found = self.env["supplier.incident"].search(action["domain"])
        self.assertEqual(found, incidents[0])
        action = certification.action_open_documents()
        found = self.env["supplier.document"].search(action["domain"])
        self.assertEqual(found, self.document)

    def test_score_of_the_company(self):
        evaluation = self.env["supplier.evaluation"].create(
            {
                "template_id": self.template.id,
                "company_id": self.company.id,
                "date_from": "2026-03-01",
                "date_to": "2026-03-31",
            }
        )
        line = self._order(10, 5, "2026-03-10")
        self._receive(line, "2026-03-10")
        evaluation.action_compute()
        evaluation.action_publish()
        certification = self._as(self._draft(), "submitter")
        card = evaluation.scorecard_ids
        self.assertEqual(certification.supplier_scorecard_id, card)
        self.assertAlmostEqual(certification.supplier_score, card.score, 1)
        self.assertEqual(certification.supplier_grade_id, card.grade_id)
        self.assertEqual(certification.action_open_scorecard()["res_id"], card.id)

    # ------------------------------------------------------------
    # The questionnaire
    # ------------------------------------------------------------

    def test_questions_as_in_a_review(self):
        """With their explanation, and the choices to take."""
        questionnaire = self.env["supplier.questionnaire"].create(
            {
                "name": "Asked",
                "question_ids": [
                    Command.create({"name": "Reliable?", "help": "Keeps its word"}),
                    Command.create(
                        {
                            "name": "Insured?",
                            "kind": "choice",
                            "sequence": 20,
                            "choice_ids": [
                                Command.create({"name": "Yes", "score": 10}),
                                Command.create({"name": "No", "score": 0}),
                            ],
                        }
                    ),
                ],
            }
        )
        self.program.questionnaire_id = questionnaire
        own = self._as(self._draft(), "submitter")
        rating, choice = own.answer_ids
        self.assertEqual(rating.help, "Keeps its word")
        questionnaire.question_ids[0].help = "Something else"
        self.assertEqual(rating.help, "Keeps its word")
        self.assertEqual(choice.options[0][1:], ["Yes", 10])
        choice.choice_id = choice.options[0][0]
        self.assertEqual((choice.choice_name, choice.value), ("Yes", 10))
        rows = self._rows(own)
        self.assertEqual(rows["answers"]["action"], "answer")
        rating.rating = "8"
        own.action_submit()
        self.assertEqual(self._rows(own)["answers"]["action"], "read")

    def test_audits_choose_what_can_be_audited(self):
        over, draft = self._rejected(), self._draft()
        audits = self._as(self.env["supplier.certification.audit"], "submitter")
        arch = etree.fromstring(audits.get_view(view_type="form")["arch"])
        [field] = arch.xpath("//field[@name='certification_id']")
        found = self.env["supplier.certification"].search(
            literal_eval(field.get("domain"))
        )
        self.assertIn(draft, found)
        self.assertNotIn(over, found)
