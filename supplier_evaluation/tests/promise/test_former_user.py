from odoo import Command
from odoo.exceptions import AccessError
from odoo.modules.migration import load_script
from odoo.tests import tagged
from odoo.tools import SQL, file_path

from ..common import BUYER, SupplierEvaluationCommon

SCRIPT = "supplier_evaluation/migrations/19.0.1.7.0/post-95-former-users.py"
BOUGHT = "supplier_purchase_order_former_user_rel"


@tagged("post_install", "-at_install")
class TestFormerUser(SupplierEvaluationCommon):
    """Whose an order was is known, however it was given away."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls._create_people("former", {"ann": BUYER, "ben": BUYER})
        cls.order = cls._order(10, 5, "2026-03-10").order_id
        cls.order.user_id = cls.people["ann"]
        cls.env.flush_all()

    def test_given_away(self):
        ann, ben, order = self.people["ann"], self.people["ben"], self.order
        self.assertNotIn(ben, order._all_owners())
        given = self._as(order, "ann").with_context(tracking_disable=True)
        given.user_id = ben
        self.assertEqual(order.supplier_former_user_ids, ann)
        self.assertEqual(order._all_owners(), order.create_uid + ann + ben)
        given.user_id = False
        self.assertEqual(order.supplier_former_user_ids, ann + ben)

    def test_several_at_once(self):
        ann, ben = self.people["ann"], self.people["ben"]
        others = [self._order(10, 5, "2026-03-10").order_id for _i in range(2)]
        (others[0] + others[1]).user_id = ben
        orders = self.order + others[0] + others[1]
        orders.user_id = ann
        self.assertFalse(self.order.supplier_former_user_ids)
        for other in others:
            self.assertEqual(other.supplier_former_user_ids, ben)
        orders.write({"user_id": ann.id})
        self.assertFalse(self.order.supplier_former_user_ids)

    def test_nobody_reads_or_writes_it(self):
        self.order.user_id = self.people["ben"]
        own = self._as(self.order, "ann")
        with self.assertRaises(AccessError):
            own.supplier_former_user_ids = [Command.clear()]
        with self.assertRaises(AccessError):
            own.read(["supplier_former_user_ids"])
        self.assertNotIn("supplier_former_user_ids", own.fields_get())

    def test_a_copy_is_a_new_order(self):
        self.order.user_id = self.people["ben"]
        self.assertFalse(self.order.copy().supplier_former_user_ids)

    def test_before_the_upgrade_the_chatter_told_it(self):
        """Buyers of orders, and owners of incidents."""
        ann, ben = self.people["ann"], self.people["ben"]
        incident = self._as(self.env["supplier.incident"], "ann").create(
            {"title": "Rust", "partner_id": self.order.partner_id.id, "user_id": ann.id}
        )
        for record in (self.order, incident):
            self.env.flush_all()
            self.cr.precommit.run()
            tracked = record.with_context(tracking_disable=False)
            tracked.user_id = ben
            self.env.flush_all()
            self.cr.precommit.run()
        for relation in (BOUGHT, "supplier_incident_former_user_rel"):
            self.env.execute_query(SQL("DELETE FROM %s", SQL.identifier(relation)))
        self.env.invalidate_all()
        script = load_script(file_path(SCRIPT), "former_users")
        for _twice in range(2):
            script.migrate(self.cr, "19.0.1.6.0")
        for record in (self.order, incident):
            self.assertEqual(record.sudo().supplier_former_user_ids, ann)
