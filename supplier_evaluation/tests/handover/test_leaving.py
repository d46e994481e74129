from odoo.tests import tagged

from ..common import APPROVER, MANAGER, SupplierEvaluationCommon

TODO = "mail.mail_activity_data_todo"


@tagged("post_install", "-at_install")
class TestLeaving(SupplierEvaluationCommon):
    """What somebody was asked to do does not go with them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls._create_people(
            "leaving",
            {"leaver": APPROVER, "manager": MANAGER, "second": MANAGER},
        )
        cls.leaver = cls.people["leaver"]

    def _ask(self, record):
        return record.activity_schedule(
            TODO, user_id=self.leaver.id, summary="Look at it"
        )

    def test_a_manager_has_it_on_the_list(self):
        incident = self._as(self.env["supplier.incident"], "leaver").create(
            {"partner_id": self.supplier.id, "title": "Rust"}
        )
        asked = self._ask(incident)
        self.leaver.action_archive()
        self.assertEqual(asked.exists().user_id, self.people["manager"])

    def test_who_had_a_hand_in_it_does_not_decide(self):
        program = self.env["supplier.certification.program"].create(
            {"name": "P", "company_id": self.company.id, "validity_months": 12}
        )
        certification = self._as(self.env["supplier.certification"], "manager").create(
            {"partner_id": self.supplier.id, "program_id": program.id}
        )
        asked = self._ask(certification.with_env(self.env))
        self.leaver.action_archive()
        self.assertEqual(asked.exists().user_id, self.people["second"])

    def test_managers_who_leave_together(self):
        incident = self.env["supplier.incident"].create(
            {"partner_id": self.supplier.id, "title": "Rust"}
        )
        asked = self._ask(incident)
        (self.leaver | self.people["manager"]).action_archive()
        self.assertEqual(asked.exists().user_id, self.people["second"])

    def test_a_dispute_is_decided_by_somebody_else(self):
        """Whoever disputed it decides nothing, and is not asked."""
        template = self._create_template("T", ["otd"])
        self._order(10, 5, "2026-03-10")
        evaluation = self.env["supplier.evaluation"].create(
            {
                "template_id": template.id,
                "company_id": self.company.id,
                "date_from": "2026-03-01",
                "date_to": "2026-03-31",
            }
        )
        evaluation.action_compute()
        evaluation.action_publish()
        dispute = (
            self.env["supplier.dispute"]
            .sudo()
            ._unguarded()
            .create(
                {
                    "scorecard_line_id": evaluation.scorecard_ids.line_ids.id,
                    "user_id": self.people["manager"].id,
                    "name": "DIS/1",
                    "reason": "Ours",
                }
            )
        )
        asked = self._ask(dispute)
        self.leaver.action_archive()
        self.assertEqual(asked.exists().user_id, self.people["second"])

    def test_what_is_not_of_suppliers_goes_as_ever(self):
        asked = self._ask(self.supplier)
        self.leaver.action_archive()
        self.assertFalse(asked.exists())
