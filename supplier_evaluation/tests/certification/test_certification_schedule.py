from datetime import date, timedelta

from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged

from ..scheduled import SCHEDULED
from .common import CertificationCommon


@tagged("post_install", "-at_install")
class TestCertificationYear(CertificationCommon):
    """What happens by itself over the days."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Before anything is decided on.
        cls.document._write_guarded({"date_verified": "2026-01-05 04:00:00"})

    def _run(self, day):
        """Run the scheduled actions at noon in Shanghai."""
        instant = f"{day} 04:00:00" if len(str(day)) == 10 else day
        with freeze_time(instant), self.enter_registry_test_mode():
            for name in ("expire", "suspend", "renew"):
                self.env.ref(
                    f"supplier_evaluation.ir_cron_supplier_certification_{name}"
                ).method_direct_trigger()
        self.env.invalidate_all()

    def test_a_year(self):
        """Certified in March, insured until September, renewed the next January."""
        with freeze_time("2026-03-02 04:00:00"):
            first = self._certified()
        # 12 months: until 2027-03-01; the renewal opens 60 days before.
        # What was verified does not change: this one instead of the endless one.
        self.document.active = False
        with freeze_time("2026-03-02 04:00:00"):
            self.document = self._document(date_to="2026-09-15")
        seen = {}
        day = date(2026, 3, 2)
        while day <= date(2027, 3, 3):
            self._run(day)
            self._mend(first, day)
            stand = (first.state, first.renewal_ids.state, self._status())
            if stand not in seen:
                seen[stand] = str(day)
            day += timedelta(days=1)
        self.assertEqual(
            seen,
            {
                ("certified", False, "certified"): "2026-03-02",
                ("suspended", False, "suspended"): "2026-09-16",
                ("certified", "draft", "certified"): "2026-12-31",
                ("certified", "certified", "certified"): "2027-01-20",
                ("expired", "certified", "certified"): "2027-03-02",
            },
        )
        renewal = first.renewal_ids
        self.assertEqual(renewal.date_from, date(2027, 3, 2))
        self.assertEqual(renewal.date_to, date(2028, 3, 1))
        with freeze_time("2027-03-02 04:00:00"):
            covering = first._covering(self.supplier, self.company)
        self.assertEqual(covering[self.supplier.id], renewal)
        self.assertFalse(first.activity_ids, "nobody has to see to what goes on")

    def test_renewed_after_its_end(self):
        """Its owner hears of the end, until it is renewed."""
        with freeze_time("2026-03-02 04:00:00"):
            first = self._certified()
        self._run("2027-03-02")
        self.assertEqual(first.activity_ids.user_id, self.people["submitter"])
        with freeze_time("2027-03-03 04:00:00"):
            renewal = first.renewal_ids or first._open_renewals()
            self._as(renewal, "submitter").action_submit()
            self._as(renewal, "manager").action_start_review()
            self._as(renewal, "manager").action_finish_review()
            self.assertTrue(first.activity_ids)
            self._as(renewal, "first")._approve("Still good")
            self._as(renewal, "second")._approve("Still good")
        self.assertEqual(renewal.state, "certified")
        self.assertFalse(first.activity_ids)

    def _mend(self, first, day):
        """What people do meanwhile."""
        with freeze_time(f"{day} 05:00:00"):
            if day == date(2026, 9, 20):
                self._document(number="2", date_to="2028-12-31")
                self._as(first, "manager")._reinstate("The new licence is there")
            if day == date(2027, 1, 20):
                renewal = first.renewal_ids
                self._as(renewal, "submitter").action_submit()
                self._as(renewal, "manager").action_start_review()
                self._as(renewal, "manager").action_finish_review()
                self._as(renewal, "first")._approve("Still good")
                self._as(renewal, "second")._approve("Still good")

    def test_days_are_those_of_the_company(self):
        """It ends with the last day in Shanghai, not in London."""
        with freeze_time("2026-03-02 04:00:00"):
            certification = self._certified()
        for instant, state in (
            ("2027-03-01 15:59:00", "certified"),
            ("2027-03-01 16:01:00", "expired"),
        ):
            self._run(instant)
            self.assertEqual(certification.state, state)

    def test_conditions_run_out(self):
        with freeze_time("2026-03-02 04:00:00"):
            certification = self._conditional()
        self._run("2026-04-01")
        self.assertEqual(certification.state, "conditional")
        self._run("2026-04-02")
        self.assertEqual(certification.state, "expired")
        self.assertEqual(self._status(), "expired")
        self.assertEqual(
            certification.transition_ids[0].user_id, self.env.ref("base.user_root")
        )

    def test_only_required_documents_suspend(self):
        other = self.env["supplier.document.type"].create(
            {"name": "Other", "code": "certification_other"}
        )
        with freeze_time("2026-03-02 04:00:00"):
            certification = self._certified()
            self._document(type_id=other.id, date_to="2026-04-01")
        self._run("2026-05-01")
        self.assertEqual(certification.state, "certified")
        self._run("2026-05-02")
        self.document.active = False
        self._run("2026-05-03")
        self.assertEqual(certification.state, "suspended")
        self.assertEqual(certification.reason, "A required document is not valid.")
        activity = certification.activity_ids
        self.assertEqual(activity.user_id, self.people["submitter"])
        self.assertEqual(activity.summary, "Suspended")
        self.assertEqual(activity.date_deadline, date(2026, 5, 3))

    def test_another_requirement_suspends_nobody(self):
        """Only what was there when it was granted can get lost."""
        kinds = self.env["supplier.document.type"].create(
            [{"name": name, "code": f"certification_{name}"} for name in "abcd"]
        )
        never, late, past, there = kinds
        with freeze_time("2026-03-02 04:00:00"):
            self._document(type_id=past.id, date_to="2026-02-02")
            self._document(type_id=there.id, date_to="2026-05-02")
            certification = self._certified()
        with freeze_time("2026-03-20 04:00:00"):
            self._document(type_id=late.id, date_to="2026-04-01")
        self.program.document_type_ids |= never | late | past
        self._run("2026-05-02")
        self.assertEqual(certification.state, "certified")
        self.program.document_type_ids |= there
        self._run("2026-05-02")
        self.assertEqual(certification.state, "certified")
        self._run("2026-05-03")
        self.assertEqual(certification.state, "suspended")

    def test_document_of_a_parent_company_helps(self):
        branch = self.env["res.company"].create(
            {"name": "Branch", "parent_id": self.company.id}
        )
        with freeze_time("2026-03-02 04:00:00"):
            certification = self._certified()
            self._document(company_id=self.company.id)
        self.document.active = False
        self.env.cr.execute(
            "UPDATE supplier_certification SET company_id = %s WHERE id = %s",
            [branch.id, certification.id],
        )
        self.env.invalidate_all()
        self._run("2026-03-03")
        self.assertEqual(certification.state, "certified")

    def test_missed_days(self):
        """What came into force while nothing ran is shown later."""
        with freeze_time("2026-03-02 04:00:00"):
            self._certified()
        for day, stand in (("2026-03-30", "certified"), ("2026-04-02", False)):
            self.supplier.with_company(self.company)._write_guarded(
                {"supplier_certification_state": False}
            )
            self._run(day)
            self.assertEqual(self._status(), stand)

    def test_conditions_are_not_renewed(self):
        with freeze_time("2026-03-02 04:00:00"):
            first = self._conditional()
        self._run("2026-03-20")
        self.assertFalse(first.renewal_ids)
        with freeze_time("2026-03-21 04:00:00"):
            old = first._open_renewals()
            self._as(first, "manager").action_meet_conditions()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE supplier_certification SET create_date = %s WHERE id = %s",
            ["2026-03-21 03:00:00", old.id],
        )
        self._run("2027-01-15")
        self._run("2027-01-16")
        self.assertEqual(len(first.renewal_ids), 2)

    def test_failed_renewals(self):
        for builder in ("_rejected", "_revoked", "_expired"):
            with self.subTest(builder), freeze_time("2026-03-02 04:00:00"):
                program = self._program()
                first = self._certified(program_id=program.id)
                failed = getattr(self, builder)(program_id=program.id)
                failed._write_guarded({"renewal_of_id": first.id})
            with self.subTest(builder):
                self._run("2027-01-15")
                self._run("2027-01-16")
                self.assertEqual(len(first.renewal_ids), 2)

    def test_prolonged_meanwhile(self):
        """What is not due any more when its turn comes stays."""
        with freeze_time("2026-03-02 04:00:00"):
            certification = self._certified()
        model = self.env["supplier.certification"]
        with freeze_time("2027-03-02 04:00:00"):
            work = model._in_batches(
                "Over", model._find_expired, lambda due: due._expire()
            )
            self.assertEqual(work.items, certification)
            certification._write_guarded({"date_to": "2027-06-01"})
            self.env.flush_all()
            work.do(work.items)
        self.assertEqual(certification.state, "certified")

    def test_in_the_languages_of_company_and_owner(self):
        """The scheduled action has no language; those who read of it do."""
        for lang in ("de_DE", "fr_FR"):
            self.env["res.lang"]._activate_lang(lang)
        self.company.partner_id.lang = "de_DE"
        self.people["submitter"].lang = "fr_FR"
        with freeze_time("2026-03-02 04:00:00"):
            certification = self._certified()
        self._run("2027-03-02")
        self.assertEqual(certification.reason, "Die Gültigkeit ist abgelaufen.")
        told = certification.activity_ids
        self.assertEqual(told.user_id, self.people["submitter"])
        self.assertIn("Sa validité est terminée.", told.note)

    def test_a_bad_one_stops_nobody(self):
        model = type(self.env["supplier.certification"])
        with freeze_time("2026-03-02 04:00:00"):
            bad = self._certified()
            good = self._certified(program_id=self._program().id)
        original = model._expire

        def fails(records):
            original(records)
            if bad in records:
                raise ValueError("Bad")

        self.patch(model, "_expire", fails)
        cron = self.env.ref("supplier_evaluation.ir_cron_supplier_certification_expire")
        with (
            self.assertLogs(SCHEDULED, "ERROR") as logs,
            self._failing(cron, "ValueError: Bad"),
        ):
            self._run("2027-03-02")
        self.assertEqual(good.state, "expired")
        self.assertEqual(good.activity_ids.summary, "Expired")
        self.assertEqual(bad.state, "certified")
        self.assertIn(f"({bad.id},) {bad.display_name}", logs.output[-1])
        self.patch(model, "_expire", original)
        self._run("2027-03-03")
        self.assertEqual(bad.state, "expired")
        self.assertFalse(cron.failure_count)

    def test_document_of_another_company_does_not_help(self):
        with freeze_time("2026-03-02 04:00:00"):
            certification = self._certified()
            self.document.active = False
            document = self._document(company_id=self.elsewhere.id)
            document._write_guarded({"date_verified": "2026-03-01 04:00:00"})
        self._run("2026-03-03")
        self.assertEqual(certification.state, "suspended")

    def test_one_renewal(self):
        with freeze_time("2026-03-02 04:00:00"):
            first = self._certified()
        for day in ("2027-02-01", "2027-02-02", "2027-02-03"):
            self._run(day)
        self.assertEqual(len(first.renewal_ids), 1)
        self.assertEqual(first.renewal_ids.user_id, self.people["submitter"])

    def test_renewal_carries_answers_over(self):
        template = self.env["supplier.questionnaire"].create(
            {
                "name": "Questions",
                "question_ids": [
                    Command.create({"name": "Fair to its people?"}),
                    Command.create({"name": "Clean?"}),
                ],
            }
        )
        self.program.questionnaire_id = template
        with freeze_time("2026-03-02 04:00:00"):
            first = self._draft()
            self._as(first.answer_ids, "submitter").write({"rating": "8"})
            self._as(first, "submitter").action_submit()
            self._as(first, "manager").action_start_review()
            self._as(first, "manager").action_finish_review()
            self._as(first, "first")._approve("Good")
            self._as(first, "second")._approve("Good")
        with self.assertRefused("has been asked"):
            template.question_ids[1].unlink()
        template.question_ids[1].active = False
        template.question_ids = [Command.create({"name": "Paid on time?"})]
        self._run("2027-02-01")
        answers = first.renewal_ids.answer_ids
        self.assertEqual(
            [(answer.name, answer.rating) for answer in answers],
            [("Fair to its people?", "8"), ("Paid on time?", False)],
        )
