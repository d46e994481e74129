import base64

from freezegun import freeze_time

from odoo import Command

from ..common import BUYER, MANAGER, SupplierEvaluationCommon
from .records import PDF

PARTNER_RIGHTS = "base.group_partner_manager"


class ApplicationCommon(SupplierEvaluationCommon):
    """A company that takes applications, who sees to them, and one application."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write(
            {"supplier_application_open": True, "supplier_application_idle_days": 14}
        )
        cls.kind = cls.env["supplier.document.type"].create(
            {"name": "Business licence", "code": "test_licence", "needs_expiry": True}
        )
        cls.company.supplier_application_type_ids = cls.kind
        cls.category = cls.env["product.category"].create(
            {"name": "Bearings", "supplier_open_to_applications": True}
        )
        cls.china = cls.env.ref("base.cn")
        cls.people = cls._create_people(
            "application",
            {
                "user": f"{BUYER},{PARTNER_RIGHTS}",
                "other": f"{BUYER},{PARTNER_RIGHTS}",
                "manager": f"{MANAGER},{PARTNER_RIGHTS}",
                "portal": "base.group_portal",
                "clerk": "base.group_user",
            },
        )
        cls.elsewhere = cls._create_company("Elsewhere", "UTC", "EUR")
        cls.people["stranger"] = cls._create_user(
            "application_stranger", MANAGER, cls.elsewhere
        )
        cls.application = cls._apply()

    @classmethod
    def _apply(cls, **vals):
        """Return an application in the pool."""
        return cls.env["supplier.application"].create(
            {
                "company_id": cls.company.id,
                "company_name": "苏州新锐轴承有限公司",
                "country_id": cls.china.id,
                "registry_number": "91320594MA1M7X2K3P",
                "category_ids": [Command.set(cls.category.ids)],
                "contact_name": "Li Na",
                "email": "li.na@xinrui.example.com",
                "phone": "0512-66668888",
                "lang": "en_US",
                "document_ids": [
                    Command.create(
                        {
                            "type_id": cls.kind.id,
                            "number": "L-1",
                            "date_to": "2030-12-31",
                            "file": base64.b64encode(PDF),
                            "filename": "licence.pdf",
                        }
                    )
                ],
                **vals,
            }
        )

    @classmethod
    def _claimed(cls, user="user", **vals):
        application = cls._apply(**vals)
        cls._as(application, user).action_claim()
        return application

    def _run(self, name, now=None):
        """Run a scheduled action, at an instant."""
        cron = self.env.ref(f"supplier_evaluation.ir_cron_supplier_application_{name}")
        with freeze_time(now), self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()

    @classmethod
    def _mails(cls, address):
        return cls.env["mail.mail"].search([("email_to", "=", address)])
