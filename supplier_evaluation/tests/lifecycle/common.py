from freezegun import freeze_time

from ..common import APPROVER, BUYER, MANAGER, SupplierEvaluationCommon


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
        cls.people = cls._create_people(
            "stage",
            {
                "user": BUYER,
                "approver": APPROVER,
                "manager": MANAGER,
                "portal": "base.group_portal",
                "clerk": "base.group_user",
            },
        )
        cls.people["stranger"] = cls._create_user(
            "stage_stranger", MANAGER, cls.elsewhere
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
