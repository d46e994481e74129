from datetime import date, timedelta

from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged

from odoo.addons.supplier_evaluation.bulk import bulk_insert
from odoo.addons.supplier_evaluation.models.supplier_certification_schedule import BATCH

from .certification_common import CertificationCommon


@tagged("post_install", "-at_install")
class TestCertificationYear(CertificationCommon):
    """What happens by itself over the days."""

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
        self.document.date_to = "2026-09-15"
        with freeze_time("2026-03-02 04:00:00"):
            self.document.action_verify()
        seen = {}
        day = date(2026, 3, 2)
        while day <= date(2027, 3, 3):
            self._run(day)
            self._mend(first, day)
            stand = (first.state, first.renewal_ids.state, self._stand())
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

    def _mend(self, first, day):
        """What people do meanwhile."""
        with freeze_time(f"{day} 05:00:00"):
            if day == date(2026, 9, 20):
                self._document(number="2", date_to="2028-12-31")
                self._by(first, "manager")._reinstate("The new licence is there")
            if day == date(2027, 1, 20):
                renewal = first.renewal_ids
                self._by(renewal, "submitter").action_submit()
                self._by(renewal, "manager").action_start_review()
                self._by(renewal, "manager").action_finish_review()
                self._by(renewal, "first")._approve("Still good")
                self._by(renewal, "second")._approve("Still good")

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
        self.assertEqual(self._stand(), "expired")
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
        self.program.document_type_ids |= other
        self._run("2026-05-02")
        self.assertEqual(certification.state, "suspended")
        self.assertEqual(certification.reason, "A required document is not valid.")

    def test_document_of_another_company_does_not_help(self):
        with freeze_time("2026-03-02 04:00:00"):
            certification = self._certified()
            self.document.company_id = self.elsewhere
            self.document.action_verify()
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
        template = self.env["supplier.review.template"].create(
            {
                "name": "Questions",
                "question_ids": [
                    Command.create({"name": "Fair to its people?"}),
                    Command.create({"name": "Clean?"}),
                ],
            }
        )
        self.program.review_template_id = template
        with freeze_time("2026-03-02 04:00:00"):
            first = self._draft()
            self._by(first.answer_ids, "submitter").write({"rating": "8"})
            self._by(first, "submitter").action_submit()
            self._by(first, "manager").action_start_review()
            self._by(first, "manager").action_finish_review()
            self._by(first, "first")._approve("Good")
            self._by(first, "second")._approve("Good")
        template.question_ids[1].unlink()
        template.question_ids = [Command.create({"name": "Paid on time?"})]
        self._run("2027-02-01")
        answers = first.renewal_ids.answer_ids
        self.assertEqual(
            [(answer.name, answer.rating) for answer in answers],
            [("Fair to its people?", "8"), ("Paid on time?", False)],
        )


@tagged("post_install", "-at_install")
class TestCertificationBatches(CertificationCommon):
    """5,000 certifications: each batch takes the same number of statements."""

    NUMBER = 5000

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        partners = (
            cls.env["res.partner"].create(
                [{"name": f"S{n}"} for n in range(cls.NUMBER)]
            )
        ).ids
        columns = [
            "partner_id",
            "company_id",
            "program_id",
            "name",
            "state",
            "active",
            "date_from",
            "date_to",
        ]
        cls.ids = bulk_insert(
            cls.env["supplier.certification"],
            columns,
            [
                (
                    partner,
                    cls.company.id,
                    cls.program.id,
                    f"BULK/{partner}",
                    "certified",
                    True,
                    "2025-03-02",
                    "2026-03-01",
                )
                for partner in partners
            ],
        )
        cls.env.invalidate_all()

    def _statements(self, cron, operation):
        """Return the statements of each batch of a scheduled action."""
        counts = []
        model = type(self.env["supplier.certification"])
        original = getattr(model, operation)

        def counted(records):
            env = records.env
            env.flush_all()
            before = env.cr.sql_log_count
            result = original(records)
            env.flush_all()
            if records:
                counts.append((len(records), env.cr.sql_log_count - before))
            env.invalidate_all()
            return result

        self.patch(model, operation, counted)
        with self.enter_registry_test_mode():
            self.env.ref(
                f"supplier_evaluation.ir_cron_supplier_certification_{cron}"
            ).method_direct_trigger()
        self.env.invalidate_all()
        return counts

    def _check(self, counts):
        self.assertEqual([size for size, _count in counts], [BATCH] * 10)
        later = {count for _size, count in counts[1:]}
        self.assertEqual(len(later), 1, counts)
        self.assertLess(max(later), 60)

    def _records(self):
        return self.env["supplier.certification"].browse(self.ids)

    @freeze_time("2026-03-02 04:00:00")
    def test_expire(self):
        self._check(self._statements("expire", "_expire"))
        self.assertEqual(set(self._records().mapped("state")), {"expired"})
        vendor = self._records()[-1].partner_id.with_company(self.company)
        self.assertEqual(vendor.supplier_certification_state, "expired")
        self.assertEqual(len(self._records().transition_ids), self.NUMBER)

    @freeze_time("2026-02-28 04:00:00")
    def test_suspend(self):
        self._check(self._statements("suspend", "_suspend_for_documents"))
        self.assertEqual(set(self._records().mapped("state")), {"suspended"})

    @freeze_time("2026-02-28 04:00:00")
    def test_renew(self):
        self._check(self._statements("renew", "_open_renewals"))
        self.assertEqual(len(self._records().renewal_ids), self.NUMBER)
