from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..alert.common import AlertCommon


@tagged("post_install", "-at_install")
class TestAllocation(AlertCommon):
    """Shares among approved sources, accepted line by line by somebody else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people["second"] = cls._create_user(
            "alert_second", "purchase.group_purchase_manager"
        )
        cls.other = cls._create_supplier("Other")
        stage = cls.env.ref("supplier_evaluation.supplier_stage_approved")
        for partner, quantity, score in ((cls.supplier, 30, 90), (cls.other, 90, 60)):
            today = cls.env.cr.now().date()
            cls._order(quantity, 10, str(today), str(today), partner=partner)
            own = partner.with_company(cls.company)
            own._set_supplier_stage(stage, "x", initial=True)
            own._write_guarded(
                {"supplier_score": score, "supplier_score_provisional": False}
            )
        cls.allocation = cls._as(cls.env["supplier.allocation"], "manager").create(
            {"product_id": cls.product.id, "base_score": 0}
        )

    def _line(self, partner=None):
        return self.allocation.line_ids.filtered(
            lambda line: line.partner_id == (partner or self.supplier)
        )

    def _lists(self, *places):
        # Odoo added those who were ordered from.
        self.product.seller_ids.unlink()
        return self.env["product.supplierinfo"].create(
            [
                {
                    "partner_id": partner.id,
                    "product_tmpl_id": self.product.product_tmpl_id.id,
                    "company_id": self.company.id,
                    "sequence": sequence,
                    "price": 5,
                }
                for partner, sequence in places
            ]
        )

    def test_today(self):
        self.assertEqual(self.allocation.demand, 10)
        self.assertEqual(self.allocation.spend, 1200)
        self.assertEqual(self._line().share_now, 25)

    def test_a_demand_that_was_entered_stays(self):
        planned = self.env["supplier.allocation"].create(
            {"product_id": self.product.id, "demand": 77}
        )
        self.assertEqual(planned.demand, 77)

    def test_by_score(self):
        self.allocation.action_propose()
        self.assertEqual((self._line().share, self._line(self.other).share), (60, 40))
        self.assertEqual(self._line().difference, 35)
        self.assertEqual(self._line().amount, 420)

    def test_floors_caps_and_capacity(self):
        self._line().capacity = 5
        self.allocation.action_propose()
        self.assertEqual(self._line().share, 50)
        self._line(self.other).floor = 55
        self.allocation.action_propose()
        self.assertEqual(self._line().share, 45)
        self._line(self.other).cap = 55
        self._line().capacity = 4
        with self.assertRefused("leave some of the demand to nobody"):
            self.allocation.action_propose()

    def test_no_firm_score(self):
        own = self.supplier.with_company(self.company)
        own._write_guarded({"supplier_score_provisional": True})
        self.allocation.action_propose()
        self.assertEqual(self._line().share, 0)
        self.allocation.unscored = "leave"
        self._line().floor = 10
        self.allocation.action_propose()
        self.assertEqual((self._line().share, self._line(self.other).share), (0, 100))

    def test_who_is_blocked_gets_nothing(self):
        blocked = self.env.ref("supplier_evaluation.supplier_stage_blocked")
        self.other.with_company(self.company)._set_supplier_stage(blocked, "Fraud")
        allocation = self.allocation.create({"product_id": self.product.id})
        self.assertEqual(allocation.line_ids.partner_id, self.supplier)

    def test_nobody(self):
        product = self._create_product("Nut")
        allocation = self.allocation.create({"product_id": product.id})
        with self.assertRefused("Nobody is an approved source"):
            allocation.action_propose()

    def test_accept_and_undo(self):
        lists = self._lists((self.supplier, 9), (self.other, 3))
        self.allocation.action_propose()
        lines = self.allocation.line_ids
        for own in (lines, lines.sudo()):
            with self.assertRefused("You made this proposal", AccessError):
                own.action_accept()
        for person in ("buyer", "stranger"):
            with self.assertRaises(AccessError):
                self._as(lines, person).action_accept()
        self._as(lines, "second").action_accept()
        self.assertEqual(lists.mapped("sequence"), [1, 2])
        self.assertIn("60.0 % accepted", self.allocation.message_ids[1].body)
        lists[1].sequence = 5
        self._as(lines, "second").action_undo()
        self.assertEqual(lists.mapped("sequence"), [9, 5])
        self.assertEqual(set(lines.mapped("state")), {"undone"})

    def test_what_is_accepted_is_proposed_no_more(self):
        self.allocation.action_propose()
        self._as(self._line(), "second").action_accept()
        with self.assertRefused("undo it before"):
            self.allocation.action_propose()

    def test_limits_that_were_changed_since(self):
        self.allocation.action_propose()
        line = self._as(self._line(), "second")
        for vals in (
            {"floor": 61},
            {"floor": 0, "cap": 59},
            {"cap": 100, "capacity": 1},
        ):
            line.write(vals)
            with self.assertRefused("were changed since"):
                line.action_accept()
        line.write({"floor": 60, "cap": 60, "capacity": 6})
        line.action_accept()

    def test_what_is_accepted_is_not_deleted(self):
        self.allocation.action_propose()
        line = self._as(self._line(), "second")
        line.action_accept()
        own = self._as(self.allocation, "manager")
        with self.assertRefused("undo it first"):
            own.unlink()
        line.action_undo()
        own.unlink()

    def test_what_was_undone_is_proposed_anew(self):
        self.allocation.action_propose()
        line = self._as(self._line(), "second")
        line.action_accept()
        line.action_undo()
        self.allocation.action_propose()
        self.assertEqual(line.state, "proposed")

    def test_whoever_proposes_accepts_none(self):
        self._as(self.allocation, "second").action_propose()
        with self.assertRefused("You made this proposal", AccessError):
            self._as(self._line(), "second").action_accept()
        self._as(self._line(), "manager").action_accept()

    def test_what_is_proposed_is_what_is_accepted(self):
        self.allocation.action_propose()
        own = self._as(self.env["supplier.allocation"], "second")
        mine = own.create({"product_id": self._create_product("Nut").id})
        link = {"line_ids": [Command.link(self._line().id)]}
        for deed in (
            lambda: self._as(self._line(), "second").write(
                {"partner_id": self._create_supplier("Third").id}
            ),
            # Whoever proposed would accept it there.
            lambda: self._as(self._line(), "manager").write({"allocation_id": mine.id}),
            lambda: self._as(mine, "manager").write(link),
            lambda: own.create({"product_id": self.product.id, **link}),
        ):
            with self.assertRefused("cannot be written", AccessError):
                deed()
        self.people["second"].company_ids |= self.elsewhere
        for vals in (
            {"product_id": mine.product_id.id},
            {"company_id": self.elsewhere.id},
        ):
            with self.assertRefused("make another allocation"):
                self._as(self.allocation, "second").write(vals)

    def test_nothing_is_written_by_hand(self):
        line = self._as(self._line(), "manager")
        for vals in ({"share": 100}, {"state": "accepted"}, {"score": 100}):
            with self.assertRefused("cannot be written", AccessError):
                line.write(vals)

    def test_a_product_of_others(self):
        product = self._create_product("Theirs", company_id=self.elsewhere.id)
        with self.assertRaises(UserError):
            self.allocation.create({"product_id": product.id})

    def test_the_most_share_comes_first(self):
        stranger = self._create_supplier("Stranger")
        lists = self._lists((stranger, 1), (self.other, 1), (self.supplier, 1))
        lists[2].price = 9
        self.allocation.action_propose()
        for partner in (self.supplier, self.other):
            self._as(self._line(partner), "second").action_accept()
            seller = self.product._select_seller(quantity=1)
            self.assertEqual(seller.partner_id, self.supplier)
        self.assertEqual(lists.sorted().partner_id[1], self.other)
        self._as(self.allocation.line_ids, "second").action_undo()
        self.assertEqual(lists.mapped("sequence"), [1, 1, 1])

    def test_a_daughter_is_another_supplier(self):
        daughter = self._create_supplier("Daughter", parent_id=self.supplier.id)
        lists = self._lists(
            (daughter, 8), (self.supplier, 9), (self._create_contact("Desk"), 9)
        )
        self.allocation.action_propose()
        self._as(self._line(), "second").action_accept()
        self.assertEqual(lists.mapped("sequence"), [8, 1, 1])

    def test_undone_below_a_later_allocation(self):
        price_list = self._lists((self.supplier, 9))
        first, second = self.allocation, self.allocation.copy()
        lines = (first + second).line_ids.filtered(
            lambda line: line.partner_id == self.supplier
        )
        for line in lines.sorted("id"):
            line.allocation_id.action_propose()
            self._as(line, "second").action_accept()
        for line, place in zip(lines.sorted("id"), (1, 9), strict=True):
            self._as(line, "second").action_undo()
            self.assertEqual(price_list.sequence, place)

    def test_who_was_blocked_since(self):
        self.allocation.action_propose()
        blocked = self.env.ref("supplier_evaluation.supplier_stage_blocked")
        self.other.with_company(self.company)._set_supplier_stage(blocked, "Fraud")
        with self.assertRefused("Other may not be ordered from any more"):
            self._as(self._line(self.other), "second").action_accept()
        self.allocation.action_propose()
        self.assertEqual((self._line().share, self._line(self.other).share), (100, 0))
