from datetime import date

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from ...models.gate.gate import PurchaseGate
from .common import PurchaseGateCommon


@tagged("post_install", "-at_install")
class TestPurchaseGateCertification(PurchaseGateCommon):
    """A certification counts for the products it was granted for."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["supplier.certification.program"].search([]).active = False
        categories = cls.env["product.category"]
        cls.packaging = categories.create({"name": "Packaging"})
        cls.boxes = categories.create({"name": "Boxes", "parent_id": cls.packaging.id})
        cls.electronics = categories.create({"name": "Electronics"})
        cls.box = cls._create_product("Box", categ_id=cls.boxes.id)
        cls.chip = cls._create_product("Chip", categ_id=cls.electronics.id)
        cls.program = cls.env["supplier.certification.program"].create(
            {"name": "Gate programme", "company_id": cls.company.id}
        )

    @classmethod
    def _not_certified(cls, **vals):
        ticked = ("none", "in_progress", "suspended", "rejected", "revoked", "expired")
        states = {f"certification_{state}": True for state in ticked}
        return cls._policy(name="Papers first", **{**states, **vals})

    @classmethod
    def _certify(cls, partner=None, categories=None, **vals):
        """Give the supplier a certification as the workflow would."""
        partner = partner or cls.supplier
        certification = (
            cls.env["supplier.certification"]
            ._unguarded()
            .create(
                {
                    "partner_id": partner.id,
                    "company_id": cls.company.id,
                    "program_id": cls.program.id,
                    "category_ids": [Command.set(categories.ids if categories else [])],
                    "state": "certified",
                    "date_from": date(2020, 1, 1),
                    "date_to": date(2036, 1, 1),
                    **vals,
                }
            )
        )
        cls._set(partner, supplier_certification_state=certification.state)
        return certification

    def _verdict(self, order):
        return PurchaseGate(order).verdicts("order")[order.id]

    def test_scope(self):
        """Certified for packaging, not for electronics: the lines are named."""
        self._not_certified()
        self._certify(categories=self.packaging)
        self._draft(self.supplier, products=self.box).button_confirm()
        order = self._draft(self.supplier, products=self.box | self.chip)
        with self.assertRaises(UserError) as refusal:
            order.button_confirm()
        message = str(refusal.exception)
        self.assertIn("not certified for Chip", message)
        self.assertNotIn("Box", message)

    def test_two_certifications_cover_together(self):
        self._not_certified()
        self._certify(categories=self.packaging)
        self._certify(categories=self.electronics)
        order = self._draft(self.supplier, products=self.box | self.chip)
        order.button_confirm()
        self.assertEqual(order.state, "purchase")

    def test_without_scope_it_covers_everything(self):
        self._not_certified()
        self._certify()
        order = self._draft(self.supplier, products=self.box | self.chip)
        self.assertEqual(self._verdict(order).level, "")

    def test_parent_is_not_covered_by_its_child(self):
        self._not_certified()
        self._certify(categories=self.boxes)
        foil = self._create_product("Foil", categ_id=self.packaging.id)
        self.assertEqual(
            self._verdict(self._draft(self.supplier, products=foil)).level, "block"
        )

    def test_not_certified(self):
        self._not_certified(effect="warn")
        order = self._draft(self.supplier, products=self.chip)
        self.assertEqual(order.supplier_gate_level, "warn")
        order.button_confirm()
        self.assertIn("not certified for Chip", self._notes(order))

    def test_order_without_products(self):
        self._not_certified()
        order = self._draft(self.supplier, products=self.chip)
        order.order_line.unlink()
        self.assertEqual(self._verdict(order).level, "block")
        self._certify(categories=self.packaging)
        self.assertEqual(self._verdict(order).level, "")

    def test_states(self):
        """A state that is ticked counts, another does not."""
        policy = self._policy(certification_suspended=True)
        order = self._draft(self.supplier, products=self.chip)
        self.assertEqual(self._verdict(order).level, "", "there is none at all")
        certification = self._certify(state="suspended")
        self.assertEqual(self._verdict(order).level, "block")
        self.assertIn("Chip", self._verdict(order).reasons[0])
        policy.write({"certification_suspended": False, "certification_expired": True})
        self.assertEqual(self._verdict(order).level, "")
        certification._write_guarded({"state": "expired"})
        self._set(self.supplier, supplier_certification_state="expired")
        self.assertEqual(self._verdict(order).level, "block")

    def test_override_of_what_had_ended_is_none_for_what_is_taken_away(self):
        """Though one policy is about both."""
        self._not_certified()
        certification = self._certify(date_to=date(2020, 12, 31))
        order = self._draft(self.supplier, products=self.chip)
        self._override(order, partner=self.supplier)
        self.assertEqual(self._verdict(order).level, "warn")
        certification._write_guarded({"state": "revoked"})
        self.assertBlocked(order, "more speaks against it")
        self._override(order, partner=self.supplier, user=self.second_approver)
        self.assertEqual(self._verdict(order).level, "warn")

    def test_state_of_the_scope(self):
        """What is suspended or revoked for electronics is so in spite of packaging."""
        policy = self._policy(certification_suspended=True)
        self._certify(categories=self.packaging)
        chips = self._certify(categories=self.electronics, state="suspended")
        self._set(self.supplier, supplier_certification_state="certified")
        box = self._draft(self.supplier, products=self.box)
        chip = self._draft(self.supplier, products=self.chip)
        self.assertEqual(self._verdict(box).level, "")
        self.assertEqual(self._verdict(chip).level, "block")
        policy.write({"certification_suspended": False, "certification_revoked": True})
        chips._write_guarded({"state": "revoked"})
        self.assertEqual(self._verdict(box).level, "")
        self.assertEqual(self._verdict(chip).level, "block")

    def test_applying_again_lifts_nothing(self):
        order = self._draft(self.supplier, products=self.chip)
        for state in ("revoked", "expired", "rejected"):
            policy = self._policy(**{f"certification_{state}": True})
            old = self._certify(state=state)
            new = self._certify()
            self.assertEqual(self._verdict(order).level, "", state)
            new._write_guarded({"state": "submitted"})
            self.assertEqual(self._verdict(order).level, "block", state)
            policy.active = False
            # As if they had never been handed in.
            (old | new)._write_guarded({"state": "draft"})
            (old | new).active = False

    def test_expired_by_its_date(self):
        """Also before the nightly run says so."""
        self._policy(certification_expired=True)
        self._certify(date_to=date(2020, 12, 31))
        order = self._draft(self.supplier, products=self.chip)
        self.assertEqual(self._verdict(order).level, "block")

    def test_conditional(self):
        self._not_certified(sequence=20)
        self._policy(name="Mind it", effect="warn", certification_conditional=True)
        self._certify(state="conditional")
        order = self._draft(self.supplier, products=self.chip)
        self.assertEqual(self._verdict(order).level, "warn")
        self._certify(categories=self.electronics)
        self.assertEqual(self._verdict(order).level, "", "the better one counts")

    def test_past_and_future_certifications(self):
        """The dates count, whatever the state still says."""
        self._not_certified()
        certification = self._certify(date_to=date(2020, 12, 31))
        order = self._draft(self.supplier, products=self.chip)
        self.assertEqual(self._verdict(order).level, "block")
        dates = {"date_from": date(2035, 1, 1), "date_to": date(2036, 1, 1)}
        certification._write_guarded(dates)
        self.assertEqual(self._verdict(order).level, "block")
        certification._write_guarded({"date_from": date(2020, 1, 1)})
        self.assertEqual(self._verdict(order).level, "")

    def test_other_company(self):
        elsewhere = self._create_company("Elsewhere", "UTC", "EUR")
        self._not_certified()
        program = self.program.copy({"company_id": elsewhere.id})
        self._certify(company_id=elsewhere.id, program_id=program.id)
        order = self._draft(self.supplier, products=self.chip)
        self.assertEqual(self._verdict(order).level, "block")

    def test_exception_for_certified_products(self):
        """It is for orders of which every line is certified."""
        self._policy(
            name="Certified ones",
            effect="allow",
            message="They are checked.",
            certification_certified=True,
            sequence=1,
        )
        self._policy(name="All others", sequence=2)
        self._certify(categories=self.packaging)
        covered = self._draft(self.supplier, products=self.box)
        mixed = self._draft(self.supplier, products=self.box | self.chip)
        self.assertEqual(self._verdict(covered).level, "")
        self.assertEqual(self._verdict(mixed).level, "block")

    def test_only_where_a_programme_applies(self):
        self._not_certified(certification_program_only=True)
        tier = self.env.ref("supplier_evaluation.supplier_tier_strategic")
        self.program.tier_ids = tier
        order = self._draft(self.supplier, products=self.chip)
        self.assertEqual(self._verdict(order).level, "")
        self.supplier.with_company(self.company).supplier_tier_id = tier
        self.assertEqual(self._verdict(order).level, "block")

    def test_statements_do_not_grow(self):
        self._not_certified(certification_program_only=True)
        orders = self.env["purchase.order"]
        for index in range(50):
            vendor = self._create_supplier(f"Certified {index}")
            self._certify(vendor, categories=self.packaging)
            orders |= self._draft(vendor, products=self.box | self.chip)
        few, many = self._count(orders[:5]), self._count(orders)
        self.assertLessEqual(many, few, f"{few} statements for 5, {many} for 50")

    def _count(self, orders):
        self.env.flush_all()
        self.env.invalidate_all()
        PurchaseGate(orders).verdicts("order")
        self.env.invalidate_all()
        start = self.cr.sql_log_count
        verdicts = PurchaseGate(orders).verdicts("order")
        self.assertEqual({one.level for one in verdicts.values()}, {"block"})
        return self.cr.sql_log_count - start
