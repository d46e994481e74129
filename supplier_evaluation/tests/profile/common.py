from odoo.fields import Domain

from ..common import BUYER, MANAGER
from ..fact.common import CatalogueCommon


class ProfileCommon(CatalogueCommon):
    """One vendor and few rules, which say what is there of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rules = cls.env["supplier.profile.rule"]
        cls.rules.search([("active", "=", True)]).active = False
        cls.supplier.supplier_rank = 1
        cls.people = cls._create_people("profile", {"buyer": BUYER, "manager": MANAGER})
        cls.profiles = cls.env["supplier.profile"]

    @classmethod
    def _rule(cls, name, field="", **vals):
        if field:
            vals["field_id"] = cls.env["ir.model.fields"]._get("res.partner", field).id
        return cls.rules.create({"name": name, "company_id": cls.company.id, **vals})

    def _profile(self, partner=None, company=None):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.profiles.search(
            Domain("partner_id", "=", (partner or self.supplier).id)
            & Domain("company_id", "=", (company or self.company).id)
        )
