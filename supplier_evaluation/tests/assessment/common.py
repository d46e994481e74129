from datetime import date

from freezegun import freeze_time

from ..common import BUYER, MANAGER, SupplierEvaluationCommon
from .records import customer_questionnaire

#: A day in the period, in the morning of Shanghai.
NOW = "2026-03-02 02:00:00"
DUE = date(2026, 3, 16)


class AssessmentCommon(SupplierEvaluationCommon):
    """A supplier, a questionnaire, two customers' people, and who asks them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls._create_people(
            "assessment",
            {
                "user": BUYER,
                "manager": MANAGER,
                "clerk": "base.group_user",
            },
        )
        cls.questionnaire = customer_questionnaire(cls.env)
        cls.customer = cls.env["res.partner"].create(
            {"name": "Nordhafen GmbH", "is_company": True}
        )
        cls.anna = cls._person("Anna", "anna@nordhafen.example.com")
        cls.bert = cls._person("Bert", "bert@nordhafen.example.com")

    @classmethod
    def _person(cls, name, email, **vals):
        return cls.env["res.partner"].create(
            {"name": name, "email": email, "parent_id": cls.customer.id, **vals}
        )

    @classmethod
    def _ask(cls, people, user="user", now=NOW, **vals):
        """Ask as a user does; return the records with full rights."""
        with freeze_time(now):
            reviews, cls.problems = cls._as(
                cls.env["supplier.customer.review"], user
            )._ask(
                cls.company,
                vals.get("supplier", cls.supplier),
                people,
                vals.get("questionnaire", cls.questionnaire),
                vals.get("date_due", DUE),
                vals.get("about", "Delivery of 12 March"),
            )
        return cls.env[reviews._name].browse(reviews.ids)

    @classmethod
    def _token(cls, review):
        return review.sudo()._unguarded()._assessment_url().rpartition("/")[2]

    @staticmethod
    def _vals(review, *values):
        """Return values of answers in their order; None: cannot judge."""
        vals = {}
        for answer, value in zip(review.answer_ids, values, strict=True):
            choices = answer.question_id.choice_ids.grouped("score")
            if value is None:
                vals[answer.id] = {"cannot_judge": True}
            elif answer.kind == "choice":
                vals[answer.id] = {"choice_id": choices[value].id}
            else:
                vals[answer.id] = {"rating": str(value)}
        return vals

    def _answer(self, review, *values, now="2026-03-10 02:00:00", comment=""):
        with freeze_time(now):
            return review.sudo()._submit(self._vals(review, *values), comment)

    @classmethod
    def _mails(cls, address):
        return cls.env["mail.mail"].search([("email_to", "=", address)])

    def _remind(self, now):
        cron = self.env.ref(
            "supplier_evaluation.ir_cron_supplier_customer_review_reminder"
        )
        with freeze_time(now), self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()
