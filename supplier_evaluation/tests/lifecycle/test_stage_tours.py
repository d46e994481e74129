from odoo.tests import HttpCase, tagged

from ..common import APPROVER
from .common import StageCommon


@tagged("post_install", "-at_install")
class TestStageTours(StageCommon, HttpCase):
    """An approver moves a supplier from trial to approved."""

    def test_refused_then_allowed(self):
        self._create_user("tour_approver", APPROVER)
        self._move("trial")
        licence = self.env["supplier.document.type"].create(
            {"name": "Tour licence", "code": "tour_licence", "is_required": True}
        )
        path = f"/odoo/vendors/{self.supplier.id}"
        self.start_tour(path, "supplier_stage_refused", login="tour_approver")
        self.assertEqual(self.supplier.supplier_stage_id, self.stages["trial"])
        document = self.env["supplier.document"].create(
            {"partner_id": self.supplier.id, "type_id": licence.id}
        )
        document.action_verify()
        self.start_tour(path, "supplier_stage_allowed", login="tour_approver")
        self.supplier.invalidate_recordset()
        self.assertEqual(self.supplier.supplier_stage_id, self.stages["approved"])
        change = self._changes()[-1]
        self.assertEqual(change.reason, "Trial lots were fine")
        self.assertEqual(change.user_id.login, "tour_approver")

    def test_drag(self):
        self._move("potential")
        self.start_tour(
            "/odoo/supplier-lifecycle", "supplier_stage_drag", login="stage_user"
        )
        self.supplier.invalidate_recordset()
        self.assertEqual(self.supplier.supplier_stage_id, self.stages["screening"])
