from odoo.tests import tagged

from ...tools.groups import USER_GROUP
from .common import ProfileCommon


@tagged("post_install", "-at_install")
class TestSupplierDuplicate(ProfileCommon):
    """Who may be one, why, and what somebody said of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pairs = cls.env["supplier.duplicate"]
        cls.one = cls._vendor("苏州华翔精密机械有限公司", phone="0512-8888 9999")
        cls.two = cls._vendor("苏州华翔精密机械（有限公司）", phone="+86 512 88889999")

    @classmethod
    def _vendor(cls, name, **vals):
        vals.setdefault("country_id", cls.env.ref("base.cn").id)
        return cls._create_supplier(name, supplier_rank=1, **vals)

    def _found(self, *partners):
        self.pairs._refresh()
        self.env.invalidate_all()
        ids = self.env["res.partner"].union(*(partners or (self.one, self.two))).ids
        return self.pairs.search([("partner_id", "in", ids), ("other_id", "in", ids)])

    def test_why(self):
        pair = self._found()
        self.assertEqual(pair.reason_text, "same name, same phone")
        number = {"company_registry": "91110000600037341L"}
        (self.one | self.two).write(number)
        stronger = pair.strength
        pair = self._found()
        self.assertEqual(len(pair), 1)
        self.assertIn("same registry number", pair.reason_text)
        self.assertGreater(pair.strength, stronger)

    def test_of_a_contact(self):
        self.two.write({"name": "Other", "phone": False})
        self.assertFalse(self._found())
        self._create_contact("Li Na", parent_id=self.two.id, phone="0512 88889999")
        self._create_contact("Wu", parent_id=self.two.id, country_id=False)
        self.assertEqual(self._found().reason_text, "same phone")

    def test_who_is_compared(self):
        other = self._create_company("Beside", "UTC", "EUR")
        self.assertTrue(self._found())
        self.one.company_id, self.two.company_id = self.company, other
        self.assertFalse(self._found())
        self.two.company_id = False
        self.assertTrue(self._found())
        self.two.active = False
        self.assertFalse(self._found())

    def test_decision_is_remembered(self):
        pair = self._found()
        self._as(pair, "buyer").action_set_different()
        self.assertEqual(pair.decided_uid, self.people["buyer"])
        self.assertEqual(self._found().state, "different")
        self.two.write({"name": "Other", "phone": False})
        self.assertEqual(self._found().state, "different")
        self._as(pair, "buyer").action_reopen()
        self.assertFalse(self._found())

    def test_who_decides(self):
        pair = self._found()
        reader = self._create_user("profile_reader", USER_GROUP)
        for decide in ("action_set_different", "action_reopen"):
            with self.assertRefused("Buyers and managers"):
                getattr(self._as(pair, reader), decide)()
        self.assertEqual(pair.state, "open")
        shown = self._as(pair, reader).get_view(view_type="form")["arch"]
        self.assertNotIn("action_set_different", shown)
        self._as(pair, "manager").action_set_different()
        self.assertEqual(pair.state, "different")

    def test_merge(self):
        pair = self._found()
        third = self._vendor("Hua Xiang", phone="0512 88889999")
        self.assertEqual(len(self._found(self.one, self.two, third)), 3)
        with self.assertRefused("You may not merge"):
            self._as(pair, "buyer").action_merge()
        action = pair.action_merge()
        wizard = (
            self.env[action["res_model"]].with_context(**action["context"]).create({})
        )
        self.assertEqual(wizard.partner_ids, self.one | self.two)
        wizard.dst_partner_id = self.one
        wizard.action_merge()
        self.env.invalidate_all()
        self.assertFalse(self.two.exists())
        self.assertFalse(pair.exists())
        self.assertEqual(len(self._found(self.one, third)), 1)

    def test_nobody_decides_by_writing(self):
        pair = self._found()
        with self.assertRefused("cannot be written directly"):
            self._as(pair, "manager").write({"state": "different"})

    def test_statements_do_not_grow(self):
        self._found()
        few = self._statements_of(self.pairs._refresh)
        for number in range(20):
            self._vendor(f"Vendor {number}", phone=f"021 5555 00{number // 2:02}")
        self.env.flush_all()
        self.assertLessEqual(self._statements_of(self.pairs._refresh), few + 2)
