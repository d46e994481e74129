from ..common import BUYER, MANAGER, SupplierEvaluationCommon


class TierCommon(SupplierEvaluationCommon):
    """Three suppliers of a year: a large one, a middling one, a small one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["supplier.tier.rule"].search([]).active = False
        cls.elsewhere = cls._create_company("Elsewhere", "UTC", "EUR")
        cls.people = cls._create_people(
            "tier",
            {
                "buyer": BUYER,
                "manager": MANAGER,
                "second": MANAGER,
                "nobody": "base.group_user",
            },
        )
        cls.people["stranger"] = cls._create_user(
            "tier_stranger", MANAGER, cls.elsewhere
        )
        cls.own = cls.env["supplier.tier.figure"]
        cls.middling = cls._create_supplier("Middling")
        cls.small = cls._create_supplier("Small")
        cls.strategic, cls.partner, cls.transactional = (
            cls.env.ref(f"supplier_evaluation.supplier_tier_{name}")
            for name in ("strategic", "partner", "transactional")
        )

    @classmethod
    def _year(cls):
        """Spend of 800, 150 and 50 in the last months."""
        for partner, price in (
            (cls.supplier, 80),
            (cls.middling, 15),
            (cls.small, 5),
        ):
            cls._order(10, price, "2026-03-10", partner=partner)

    @classmethod
    def _refresh(cls, company=None):
        cls.env.flush_all()
        cls.own._refresh(company or cls.company)
        cls.env.invalidate_all()

    @classmethod
    def _figure(cls, partner=None, company=None):
        return cls.own.search(
            [
                ("partner_id", "=", (partner or cls.supplier).id),
                ("company_id", "=", (company or cls.company).id),
            ]
        )

    @classmethod
    def _rule(cls, tier=None, **vals):
        return cls.env["supplier.tier.rule"].create(
            {
                "name": "Test",
                "tier_id": (tier or cls.strategic).id,
                "company_id": cls.company.id,
                **vals,
            }
        )

    @classmethod
    def _proposals(cls, partner=None, **vals):
        domain = [("company_id", "=", cls.company.id)]
        if partner:
            domain.append(("partner_id", "=", partner.id))
        found = cls.env["supplier.tier.proposal"].search(domain)
        return found.filtered(lambda one: one.state == vals.get("state", "proposed"))

    @classmethod
    def _tier(cls, partner=None):
        return (partner or cls.supplier).with_company(cls.company).supplier_tier_id
