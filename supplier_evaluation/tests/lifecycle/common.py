from freezegun import freeze_time

from odoo import Command
from odoo.tests import new_test_user

from ..common import SupplierEvaluationCommon

USER = "purchase.group_purchase_user"
APPROVER = f"{USER},supplier_evaluation.group_supplier_evaluation_approver"


class StageCommon(SupplierEvaluationCommon):
    """The delivered stages without a required document, and one user of each kind."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["supplier.document.type"].search([]).is_required = False
        codes = cls.env["supplier.stage"].search([])
        cls.stages = {stage.code: stage for stage in codes}
        cls.stages["approved"].needs_certification = False
        cls.elsewhere = cls._create_company("Elsewhere", "UTC", "EUR")
        cls.users = {
            name: cls._create_user(name, groups, company)
            for name, groups, company in (
                ("user", USER, cls.company),
                ("approver", APPROVER, cls.company),
                ("manager", "purchase.group_purchase_manager", cls.company),
                ("stranger", "purchase.group_purchase_manager", cls.elsewhere),
                ("portal", "base.group_portal", cls.company),
                ("clerk", "base.group_user", cls.company),
            )
        }

    @classmethod
    def _create_user(cls, name, groups, company):
        return new_test_user(
            cls.env,
            f"stage_{name}",
            groups=groups,
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )

    @classmethod
    def _by(cls, name, records=None):
        """Return the supplier, or other records, as a user sees them."""
        user = cls.users[name]
        records = cls.supplier if records is None else records
        return (
            records.with_user(user)
            .with_context(allowed_company_ids=user.company_ids.ids)
            .sudo(False)
        )

    @classmethod
    def _move(cls, code, when=None, partner=None, reason="As agreed", company=None):
        """Move a supplier into a stage, as the superuser.

        :param str when: day, at noon UTC
        """
        partner = (partner or cls.supplier).with_company(company or cls.company)
        stage = cls.stages[code] if code else cls.env["supplier.stage"]
        if not when:
            return partner._set_supplier_stage(stage, reason)
        with freeze_time(when if " " in when else f"{when} 12:00:00"):
            return partner._set_supplier_stage(stage, reason)

    @classmethod
    def _changes(cls, partner=None):
        return cls.env["supplier.stage.change"].search(
            [("partner_id", "=", (partner or cls.supplier).id)], order="id"
        )
