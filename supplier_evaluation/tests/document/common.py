from datetime import timedelta

from freezegun import freeze_time

from odoo.tests import Form

from ...report.document.requirement import FACT_IDS
from ..common import BUYER, MANAGER, SupplierEvaluationCommon

VERIFIED = "2026-03-02 02:00:00"
ACTIVITY_TYPE = "supplier_evaluation.mail_activity_type_supplier_document"


class DocumentCommon(SupplierEvaluationCommon):
    """A supplier with an order in March, and document types of its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["supplier.document.type"].search([]).is_required = False
        cls.licence = cls._create_type("licence")
        cls.manager = cls._create_user("document_manager", MANAGER)
        cls.buyer = cls._create_user("document_buyer", BUYER)

    @classmethod
    def _create_type(cls, code, **vals):
        return cls.env["supplier.document.type"].create(
            {"name": code.capitalize(), "code": code, "is_required": True, **vals}
        )

    @classmethod
    def _document(cls, document_type=None, verified=VERIFIED, **vals):
        """Enter a document, and verify it unless ``verified`` is None."""
        document = cls.env["supplier.document"].create(
            {
                "partner_id": cls.supplier.id,
                "type_id": (document_type or cls.licence).id,
                **vals,
            }
        )
        if verified:
            with freeze_time(verified):
                document.sudo().action_verify()
        return document

    @classmethod
    def _renew(cls, document, user=None, **vals):
        """Enter the next version with the form, as its button opens it."""
        action = document.with_user(user or cls.buyer).action_renew()
        documents = cls.env["supplier.document"].with_user(user or cls.buyer)
        with Form(documents.with_context(**action["context"])) as form:
            for name, value in vals.items():
                form[name] = value
        return form.record.with_env(cls.env)

    @classmethod
    def _percent(cls, partner=None, **scope):
        """Return the KPI's value, None without data."""
        measure = cls._measure("document_validity", partner=partner, **scope)
        return None if measure is None else measure.value

    @classmethod
    def _document_fact(cls, document_type=None, partner=None, company=None, **scope):
        """Return the fact of a type and supplier at the cut-off of the scope."""
        company = company or cls.company
        cls.env.flush_all()
        facts = cls.env["supplier.document.fact"].with_context(
            allowed_company_ids=company.ids
        )
        facts = facts._with_fact_scope(cls._scope(company_id=company.id, **scope))
        identifier = FACT_IDS.encode(
            (partner or cls.supplier).id, (document_type or cls.licence).id, company.id
        )
        return facts.search([("id", "=", identifier)])


class ReminderCommon(DocumentCommon):
    """A licence that ends with 2026, and the scheduled action."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cron = cls.env.ref("supplier_evaluation.ir_cron_supplier_document_reminder")
        cls.env["supplier.document"].search([]).active = False
        cls.supplier.write({"email": "vendor@example.com", "lang": "en_US"})
        # Documents of all companies are looked at on the day of the scheduler's.
        cls.env.user.company_ids |= cls.company
        cls.env.user.company_id = cls.company
        cls.document = cls._document(
            number="4711", date_to="2026-12-31", user_id=cls.buyer.id
        )

    def _run(self, now):
        """Run the scheduled action as on a day at noon in Shanghai.

        :return: what the button to run it by hand shows
        """
        now = now if " " in str(now) else f"{now} 04:00:00"
        self.env.flush_all()
        with freeze_time(now), self.enter_registry_test_mode():
            result = self.cron.method_direct_trigger()
        self.env.invalidate_all()
        return result

    def _activities(self, documents=None):
        documents = self.document if documents is None else documents
        return (
            self.env["mail.activity"]
            .with_context(active_test=False)
            .search(
                [
                    ("res_model", "=", documents._name),
                    ("res_id", "in", documents.ids),
                    ("activity_type_id", "=", self.env.ref(ACTIVITY_TYPE).id),
                ]
            )
        )

    def _mails(self, documents=None):
        documents = self.document if documents is None else documents
        return self.env["mail.mail"].search(
            [("model", "=", documents._name), ("res_id", "in", documents.ids)]
        )

    def _summaries_of_days(self, first, last, step=1):
        """Return ``{day: summary}`` of the new reminders over a time."""
        found, known = {}, self._activities()
        day = first
        while day <= last:
            self._run(day)
            new = self._activities() - known
            if new:
                found[str(day)] = "; ".join(new.mapped("summary"))
                known |= new
            day += timedelta(days=step)
        return found
