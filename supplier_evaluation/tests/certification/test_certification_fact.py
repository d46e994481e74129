import base64
from datetime import date, datetime

from freezegun import freeze_time

from odoo import Command, fields
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ...report.document.requirement import FACT_IDS
from .common import CertificationCommon


@tagged("post_install", "-at_install")
class TestCertificationKpi(CertificationCommon):
    """What a supplier held at the cut-off."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._archive_other_programs()
        cls._order(10, 5, "2026-03-10")

    def _kpi(self, **scope):
        measure = self._measure("certification", **scope)
        return None if measure is None else measure.value

    def _certification_fact(self, partner=None, **scope):
        self.env.flush_all()
        facts = self.env["supplier.certification.fact"]
        facts = facts._with_fact_scope(self._scope(**scope))
        identifier = FACT_IDS.encode((partner or self.supplier).id, 0, self.company.id)
        return facts.search([("id", "=", identifier)])

    def test_no_certification(self):
        fact = self._certification_fact()
        self.assertEqual(fact.status, "none")
        self.assertEqual(fact.score, 0)
        self.assertEqual(fact.program_id, self.program)
        self.assertEqual(
            (fact.res_model, fact.res_id), ("res.partner", self.supplier.id)
        )
        self.assertEqual(self._kpi(), 0)

    def test_no_programme_is_no_data(self):
        self.program.active = False
        self._certified()
        self.assertIsNone(self._kpi())

    def test_certified(self):
        with freeze_time("2026-03-02 04:00:00"):
            certification = self._certified()
        fact = self._certification_fact()
        self.assertEqual(fact.certification_id, certification)
        self.assertEqual(fact.status, "certified")
        self.assertEqual(fact.date_to, date(2027, 3, 1))
        self.assertEqual(fact.action_open_document()["res_id"], certification.id)
        self.assertEqual(self._kpi(), 100)

    def test_conditional(self):
        with freeze_time("2026-03-20 04:00:00"):
            self._conditional()
        self.assertEqual(self._kpi(), 50)

    def test_as_it_was_at_the_cutoff(self):
        """A decision of later changes no figure of before."""
        with freeze_time("2026-03-20 04:00:00"):
            certification = self._certified()
        with freeze_time("2026-05-10 04:00:00"):
            self._as(certification, "manager")._revoke("Fraud")
        self.assertEqual(self._kpi(cutoff=datetime(2026, 3, 20, 3, 59)), 0)
        self.assertEqual(self._kpi(), 100)
        may = {"date_from": date(2026, 5, 1), "date_to": date(2026, 5, 31)}
        self.assertEqual(self._kpi(**may, cutoff=datetime(2026, 5, 10, 3, 59)), 100)
        self.assertEqual(self._kpi(**may, cutoff=datetime(2026, 5, 10, 4, 1)), 0)

    def test_last_day(self):
        """The cut-off, midnight in Shanghai, ends the fourth of April."""
        self.program.validity_months = 1
        with freeze_time("2026-03-05 04:00:00"):
            certification = self._certified()
        self.assertEqual(certification.date_to, date(2026, 4, 4))
        self.assertEqual(self._kpi(), 100)
        self.assertEqual(self._kpi(cutoff=datetime(2026, 4, 5, 16, 0)), 0)

    def test_weakest_programme(self):
        with freeze_time("2026-03-02 04:00:00"):
            self._certified()
        other = self._program(name="Other")
        fact = self._certification_fact()
        self.assertEqual((fact.score, fact.program_count), (0, 2))
        self.assertEqual(fact.program_id, other)
        with freeze_time("2026-03-20 04:00:00"):
            self._conditional(program_id=other.id)
        self.assertEqual(self._certification_fact().score, 50)

    def test_renewed_in_time(self):
        self.program.validity_months = 1
        with freeze_time("2026-03-04 04:00:00"):
            first = self._certified()
            self.assertEqual(first.date_to, date(2026, 4, 3))
        with freeze_time("2026-03-25 04:00:00"):
            renewal = first._open_renewals()
            self._as(renewal, "submitter").action_submit()
            self._as(renewal, "manager").action_start_review()
            self._as(renewal, "manager").action_finish_review()
            self._as(renewal, "first")._approve("Good")
            self._as(renewal, "second")._approve("Good")
        self.assertEqual(self._certification_fact().certification_id, renewal)
        self.assertEqual(self._kpi(), 100)

    def test_other_company_certified_it(self):
        there = self.env["supplier.certification.program"].create(
            {"name": "There", "company_id": self.elsewhere.id}
        )
        self.assertEqual(self._certification_fact().program_count, 1)
        self.assertNotEqual(self._certification_fact().program_id, there)

    def test_on_a_scorecard(self):
        with freeze_time("2026-03-02 04:00:00"):
            self._certified()
        evaluation = self._evaluate(
            self._create_template("P", ["otd", "certification"])
        )
        line = evaluation.scorecard_ids.line_ids.filtered(
            lambda line: line.kpi_id.code == "certification"
        )
        self.assertEqual(line.value, 100)
        action = line.action_open_counted()
        facts = self.env[action["res_model"]].with_context(**action["context"])
        self.assertEqual(len(facts.search(action["domain"])), 1)

    def test_statements(self):
        kpi = self.env.ref("supplier_evaluation.supplier_kpi_certification")
        counts = []
        for number in (5, 0, 45):
            vendors = self.env["res.partner"].create(
                [{"name": f"S{index}"} for index in range(number)]
            )
            vendors.supplier_rank = 1
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            kpi._measure(self._scope())
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(counts[2], counts[1])


@tagged("post_install", "-at_install")
class TestCertificationProgram(CertificationCommon):
    """For whom a programme is, and what it asks for."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._archive_other_programs()
        cls.other = cls._create_supplier("Other")

    def _applies(self, partner=None):
        partner = partner or self.supplier
        found = self.program._applying(partner | self.other, self.company)
        return self.program in found[partner.id]

    def test_no_condition(self):
        self.assertTrue(self._applies())
        self.program.active = False
        self.assertFalse(self._applies())
        self.program.write({"active": True, "company_id": self.elsewhere.id})
        self.assertFalse(self._applies())

    def test_tier_of_the_company(self):
        tier = self.env.ref("supplier_evaluation.supplier_tier_partner")
        self.program.tier_ids = tier
        self.assertFalse(self._applies())
        self.supplier.with_company(self.elsewhere).supplier_tier_id = tier
        self.assertFalse(self._applies())
        self.supplier.with_company(self.company).supplier_tier_id = tier
        self.assertTrue(self._applies())
        self.assertFalse(self._applies(self.other))

    def test_country(self):
        self.program.country_ids = self.env.ref("base.cn")
        self.assertFalse(self._applies())
        self.supplier.country_id = self.env.ref("base.cn")
        self.assertTrue(self._applies())

    def test_product_category(self):
        category = self.env["product.category"].create({"name": "Fasteners"})
        below = category.create({"name": "Bolts", "parent_id": category.id})
        self.program.product_category_ids = category
        self.product.categ_id = below
        self.assertFalse(self._applies())
        # At whatever hour this runs, that is past.
        yesterday = str(fields.Date.subtract(fields.Date.today(), days=1))
        self._order(1, 5, yesterday, confirmed=yesterday)
        self.assertTrue(self._applies())
        self.assertFalse(self._applies(self.other))
        self.assertEqual(self._draft().category_ids, category)

    def test_filter(self):
        self.program.partner_domain = "[('name', 'ilike', 'golden')]"
        self.assertTrue(self._applies())
        self.assertFalse(self._applies(self.other))
        contact = self._create_supplier(
            "Desk", parent_id=self.supplier.id, is_company=False
        )
        self.assertTrue(self._applies(contact))

    def test_broken_filter(self):
        for broken in ("[('no_such', '=', 1)]", "nonsense", "[(", "__import__('os')"):
            with (
                self.subTest(filter=broken),
                self.assertRefused("cannot be read", ValidationError),
            ):
                self.program.partner_domain = broken

    # ------------------------------------------------------------
    # What is asked
    # ------------------------------------------------------------

    def _refused(self, text, certification=None):
        certification = certification or self._draft()
        with self.assertRefused(text):
            self._as(certification, "submitter").action_submit()
        certification.invalidate_recordset(["checklist_rows"])
        missing = [
            row["text"]
            for row in certification.checklist_rows
            if row["now"] and not row["done"]
        ]
        self.assertRegex("\n".join(missing), text)
        return certification

    def test_documents(self):
        self.document.active = False
        certification = self._refused("Licence")
        late = self._document(verified=False, date_to="2020-01-01")
        self._refused("Licence", certification)
        late.date_to = "2099-01-01"
        self._as(certification, "submitter").action_submit()
        self._as(certification, "manager").action_start_review()
        with self.assertRefused("not verified yet"):
            self._as(certification, "manager").action_finish_review()
        late.action_verify()
        self._as(certification, "manager").action_finish_review()
        self.assertEqual(certification.state, "approval")

    def test_document_lost_before_the_last_approval(self):
        certification = self._in_second_step()
        self.document.active = False
        with self.assertRefused("Licence"):
            self._as(certification, "second")._approve("Good")
        self.assertEqual(certification.state, "approval")

    def test_steps(self):
        empty = self.program.copy({"step_ids": False})
        self._refused("no approval step", self._draft(program_id=empty.id))

    def test_questionnaire(self):
        template = self.env["supplier.questionnaire"].create(
            {
                "name": "Questions",
                "question_ids": [
                    Command.create({"name": "Safe?", "weight": 3}),
                    Command.create({"name": "Clean?", "weight": 1}),
                ],
            }
        )
        safe, clean = template.question_ids
        self.program.write(
            {
                "questionnaire_id": template.id,
                "knockout_question_ids": [Command.set(safe.ids)],
                "min_answer_score": 60,
            }
        )
        certification = self._refused("open questions: 2")
        answers = {answer.question_id: answer for answer in certification.answer_ids}
        self._as(answers[clean], "submitter").rating = "10"
        self._refused("open questions: 1", certification)
        self._as(answers[safe], "submitter").rating = "4"
        self._refused("Knock-out question: Safe", certification)
        self._as(answers[safe], "submitter").rating = "5"
        self.assertEqual(certification.answer_score, 62.5)
        self.program.min_answer_score = 63
        self._refused("63 or more, it is 62.5", certification)
        self.program.min_answer_score = 60
        self._as(certification, "submitter").action_submit()
        with self.assertRefused("were submitted"):
            self._as(answers[safe], "submitter").rating = "9"

    def test_audit(self):
        self.program.write({"audit_required": True, "audit_min_score": 70})
        certification = self._in_review()
        manager = self._as(certification, "manager")
        with self.assertRefused("Site audit, done and passed"):
            manager.action_finish_review()
        audit = self._as(self.env["supplier.certification.audit"], "colleague").create(
            {
                "certification_id": certification.id,
                "finding_ids": [
                    Command.create({"severity": "major", "name": "No calibration"}),
                    Command.create({"severity": "minor", "name": "Labels"}),
                    Command.create({"severity": "minor", "name": "Dust"}),
                    Command.create({"severity": "minor", "name": "Noise"}),
                ],
            }
        )
        self.assertEqual(audit.score, 65)
        audit.action_finish()
        self.assertEqual(audit.result, "failed")
        with self.assertRefused("failed"):
            manager.action_finish_review()
        with self.assertRefused("stays"):
            audit.finding_ids[0].unlink()
        with self.assertRefused("stays"):
            audit.finding_ids[0].severity = "minor"
        audit.finding_ids[0].date_closed = fields.Date.today()
        better = audit.create(
            {
                "certification_id": certification.id,
                "report": base64.b64encode(b"All mended"),
            }
        )
        better.action_finish()
        self.assertEqual((better.score, better.result), (100, "passed"))
        manager.action_finish_review()
        self.assertEqual(certification.state, "approval")

    def test_critical_finding(self):
        audit = self.env["supplier.certification.audit"].create(
            {
                "certification_id": self._draft().id,
                "finding_ids": [
                    Command.create({"severity": "critical", "name": "Fire"})
                ],
            }
        )
        self.program.audit_min_score = 0
        audit.action_finish()
        self.assertEqual((audit.score, audit.result), (0, "failed"))

    def test_old_audit(self):
        self.program.write({"audit_required": True, "audit_validity_months": 6})
        certification = self._in_review()
        audit = self.env["supplier.certification.audit"].create(
            {
                "certification_id": certification.id,
                "date": fields.Date.subtract(fields.Date.today(), months=7),
                "report": base64.b64encode(b"Nothing found"),
            }
        )
        audit.action_finish()
        with self.assertRefused("Site audit"):
            self._as(certification, "manager").action_finish_review()

    def test_scorecards(self):
        self.program.write({"scorecard_count": 1, "min_score": 80})
        certification = self._refused("Published scorecards: 0 of 1")
        for _index in range(6):
            line = self._order(10, 5, "2026-03-10")
            self._receive(line, "2026-03-10", 6)
        evaluation = self._evaluate(self._create_template("Score", ["fill_rate"]))
        self._refused("Published scorecards: 0", certification)
        evaluation.action_publish()
        card = evaluation.scorecard_ids
        self.assertFalse(card.provisional)
        self.assertEqual(card.score, 60)
        self._refused("Score 80 or more, it is 60", certification)
        self.program.min_score = 60
        self.program.min_grade_id = self.env["supplier.grade"].search(
            [], order="min_score desc", limit=1
        )
        self._refused("or better", certification)
        self.program.min_grade_id = card.grade_id
        self._as(certification, "submitter").action_submit()
        self.assertEqual(certification.state, "submitted")
