from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import QualityCommon

FIELDS = ("qc_test_id", "qc_inspection_ids")


@tagged("post_install", "-at_install")
class TestQualityAccess(QualityCommon):
    """Each app's people see its part; those of both go from one to the other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.one = cls._came()
        cls.check = cls._opened(cls.one)

    def test_what_each_sees(self):
        for name, sees in (("inspector", False), ("manager", False), ("both", True)):
            own = self._as(self.one, name)
            arch = own.get_views([(False, "form")])["views"]["form"]["arch"]
            for field in FIELDS:
                with self.subTest(name=name, field=field):
                    self.assertEqual(field in own.fields_get(), sees)
                    self.assertEqual(f'"{field}"' in arch, sees)
            self.assertEqual("action_take_quality_result" in arch, sees)
        plan = self._as(self.plan, "manager")
        self.assertNotIn("qc_test_id", plan.fields_get())
        plan.name = "Bolts and nuts"
        self.assertEqual(self.plan.qc_test_id, self.qc_test)
        for name, sees in (("tester", False), ("both", True)):
            own = self._as(self.check, name)
            arch = own.get_views([(False, "form")])["views"]["form"]["arch"]
            self.assertEqual("action_open_supplier_inspections" in arch, sees)
            self.assertIn("supplier_quantity_bad", arch)

    def test_from_one_to_the_other(self):
        action = self._as(self.check, "both").action_open_supplier_inspections()
        self.assertEqual(action["res_id"], self.one.id)
        action = self._as(self.one, "both").action_open_quality_inspections()
        self.assertEqual(action["res_id"], self.check.id)
        with self.assertRaises(AccessError):
            self._as(self.check, "tester").action_open_supplier_inspections()
        with self.assertRaises(AccessError):
            self._as(self.one, "inspector").action_open_quality_inspections()
        with self.assertRaises(AccessError):
            self._as(self.one, "inspector").action_take_quality_result()

    def test_links_are_written_by_nobody(self):
        own = self._as(self.one, "head")
        for vals in (
            {"qc_inspection_ids": [(5, 0, 0)]},
            {"quality_people_ids": [(5, 0, 0)]},
            {"is_quality_correction": True},
        ):
            with self.assertRefused("cannot be written directly", AccessError):
                own.write(vals)

    def test_what_it_may_be_about(self):
        """No model is offered twice, whatever add-ons of others offer."""
        offered = [model for model, _label in self.check.object_selection_values()]
        self.assertEqual(len(offered), len({*offered}))
        self.assertLessEqual(
            {"product.product", "stock.move", "stock.picking", "stock.lot"}, {*offered}
        )
