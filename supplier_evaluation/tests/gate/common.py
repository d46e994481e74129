from datetime import date

from odoo import Command

from ...models.gate.gate import PurchaseGate
from ..common import APPROVER, BUYER, PeopleCommon, SupplierEvaluationCommon

LOST = ("none", "in_progress", "suspended", "rejected", "revoked", "expired")


class GateAsserts(PeopleCommon):
    """What the purchase policies refuse."""

    def assertBlocked(self, order, text="cannot be confirmed"):
        """The purchase policies let nobody confirm the order, in these words.

        :param str text: regular expression
        """
        with self.assertRefused(text):
            order.button_confirm()
        self.assertNotIn(order.state, ("to approve", "purchase"))


class PurchaseGateCommon(SupplierEvaluationCommon, GateAsserts):
    """A buyer, two approvers, and a supplier that is blocked by its stage."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["supplier.purchase.policy"].search([]).active = False
        cls.buyer = cls._create_user("gate_buyer", BUYER, name="Gate Buyer")
        cls.approver = cls._create_user("gate_approver", APPROVER, name="Gate Approver")
        cls.second_approver = cls._create_user(
            "gate_second", APPROVER, name="Gate Second"
        )
        cls.blocked_stage = cls.env.ref("supplier_evaluation.supplier_stage_blocked")
        cls.tier = cls.env.ref("supplier_evaluation.supplier_tier_partner")
        cls.grade_d = cls.env.ref("supplier_evaluation.supplier_grade_d")
        cls.bad_supplier = cls._create_supplier("Bad Supplier")
        cls._set(cls.bad_supplier, supplier_stage_id=cls.blocked_stage.id)

    @classmethod
    def _set(cls, partner, company=None, **vals):
        """Give the vendor values that only other parts of the add-on write."""
        partner.with_company(company or cls.company)._write_guarded(vals)

    @classmethod
    def _policy(cls, **vals):
        return cls.env["supplier.purchase.policy"].create(
            {
                "name": "Test policy",
                "company_id": cls.company.id,
                "date_from": date(2020, 1, 1),
                "effect": "block",
                **vals,
            }
        )

    @classmethod
    def _block_stage(cls, **vals):
        return cls._policy(
            name="No blocked suppliers",
            stage_ids=[Command.set(cls.blocked_stage.ids)],
            **vals,
        )

    @classmethod
    def _draft(cls, partner=None, user=None, products=None, price=10, **vals):
        """A request of one piece of each product, entered by the buyer."""
        user = user or cls.buyer
        company = vals.pop("company", cls.company)
        orders = (
            cls.env["purchase.order"]
            .with_user(user)
            .with_context(allowed_company_ids=company.ids)
        )
        return orders.create(
            {
                "partner_id": (partner or cls.bad_supplier).id,
                "company_id": company.id,
                **vals,
                "order_line": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "product_qty": 1,
                            "price_unit": price,
                            "date_planned": "2036-01-01 04:00:00",
                            "tax_ids": [Command.clear()],
                        }
                    )
                    for product in (products or cls.product)
                ],
            }
        )

    @classmethod
    def _override(cls, order=None, user=None, date_to="2036-01-01", partner=None):
        """Let an approver override the policies, for one order or the supplier."""
        return (
            cls.env["supplier.purchase.override"]
            .with_user(user or cls.approver)
            ._grant(
                partner or cls.bad_supplier,
                cls.company,
                "Only source of the bolt",
                date.fromisoformat(date_to),
                order=order,
            )
        )

    def _notes(self, record):
        record.invalidate_recordset(["message_ids"])
        return " ".join(record.sudo().message_ids.mapped("body"))


class BranchGateCommon(PurchaseGateCommon):
    """Headquarters with two branches, one of which has one, and another company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["supplier.certification.program"].search([]).active = False
        cls.company.name = "Headquarters"
        companies = cls.env["res.company"].sudo()
        cls.branch, cls.sister = companies.create(
            [{"name": name, "parent_id": cls.company.id} for name in ("North", "South")]
        )
        cls.stranger = companies.create({"name": "Stranger"})
        cls.inner = companies.create({"name": "Inner", "parent_id": cls.branch.id})
        everywhere = (
            cls.company | cls.branch | cls.sister | cls.stranger | cls.inner
        ).ids
        people = cls.env.user | cls.buyer | cls.second_approver
        people.write({"company_ids": [Command.link(each) for each in everywhere]})
        cls.local_approver = cls._create_user(
            "gate_local",
            APPROVER,
            name="Gate Local",
            company_id=cls.branch.id,
            company_ids=[Command.set(cls.branch.ids)],
        )
        cls.program = cls.env["supplier.certification.program"].create(
            {"name": "Branch programme", "company_id": False}
        )

    @classmethod
    def _certify(cls, company, state="certified", **vals):
        return (
            cls.env["supplier.certification"]
            ._unguarded()
            .create(
                {
                    "partner_id": cls.supplier.id,
                    "company_id": company.id,
                    "program_id": cls.program.id,
                    "state": state,
                    "date_from": date(2020, 1, 1),
                    "date_to": date(2036, 1, 1),
                    **vals,
                }
            )
        )

    def _not_certified(self, *states, **vals):
        ticked = {f"certification_{state}": True for state in states or LOST}
        return self._policy(name="Papers first", **{**ticked, **vals})

    def _verdict(self, company, partner=None, **vals):
        order = self._draft(partner or self.supplier, company=company, **vals)
        return PurchaseGate(order).verdicts("order")[order.id]

    def assertLevels(self, partner=None, **levels):
        for name, level in levels.items():
            company = getattr(self, name)
            with self.subTest(company=name):
                self.assertEqual(self._verdict(company, partner).level, level)
