from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import ApplicationCommon


@tagged("post_install", "-at_install")
class TestBuyer(ApplicationCommon):
    """Who buys from whom on the board, and what becomes of it when somebody leaves."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vendors = cls.supplier | cls.supplier.copy({"name": "Second"})
        stage = cls.env.ref("supplier_evaluation.supplier_stage_potential")
        vendors = cls.vendors.with_company(cls.company)
        vendors._set_supplier_stage(stage, "Met")

    def test_assign_many(self):
        action = self._as(self.vendors, "manager").action_ask_supplier_buyer()
        wizard = self._as(self.env["supplier.buyer.wizard"], "manager")
        dialog = wizard.with_context(**action["context"]).create(
            {"user_id": self.people["user"].id}
        )
        dialog.action_apply()
        self.assertEqual(self.vendors.buyer_id, self.people["user"])
        board = self._as(self.env["res.partner"], "user").search(
            [("supplier_stage_id", "!=", False), ("buyer_id", "=", False)]
        )
        self.assertFalse(board & self.vendors)
        dialog.user_id = False
        dialog.action_apply()
        self.assertFalse(self.vendors.buyer_id)

    def test_a_buyer_who_sees_no_suppliers(self):
        for name in ("portal", "clerk", "stranger"):
            with (
                self.subTest(name),
                self.assertRefused("does not see the suppliers", UserError),
            ):
                self._as(self.vendors, "manager")._set_supplier_buyer(self.people[name])

    def test_users_without_rights_to_partners_assign_nobody(self):
        person = self._create_user(
            "application_evaluator",
            "supplier_evaluation.group_supplier_evaluation_user",
        )
        with self.assertRaises(AccessError):
            self._as(self.vendors, person)._set_supplier_buyer(person)

    def test_hand_over(self):
        """What is claimed, and all whom somebody buys from, also on no board."""
        application = self._claimed()
        refused = self._claimed()
        self._as(refused, "user")._refuse("No", is_told=False)
        outside = self.supplier.copy({"name": "Not on the board"})
        bought = self.vendors | outside
        bought.buyer_id = self.people["user"]
        self.people["user"].active = False
        # Who left sees to no application any more: it is in the pool again.
        self.assertFalse(application.user_id)
        self.people["user"].active = True
        application._assign(self.people["user"])
        wizard = self._as(self.env["supplier.handover.wizard"], "manager").create(
            {
                "from_user_id": self.people["user"].id,
                "to_user_id": self.people["other"].id,
            }
        )
        found = {line.kind: line.count for line in wizard.line_ids}
        self.assertEqual((found["application"], found["vendor"]), (1, 3))
        wizard.action_apply()
        self.assertEqual(application.user_id, self.people["other"])
        self.assertEqual(refused.user_id, self.people["user"])
        self.assertEqual(bought.buyer_id, self.people["other"])
