from odoo.tests import HttpCase, tagged

from .common import MeetingCommon


@tagged("post_install", "-at_install")
class TestMeetingTours(MeetingCommon, HttpCase):
    """A review meeting ends in an action."""

    browser_size = "1366x768"

    def test_review_meeting(self):
        self.env["supplier.corrective.action"]._open(
            self.supplier, self.company, "Rust on bolts"
        )
        self.start_tour(
            f"/odoo/supplier-meetings/{self.meeting.id}",
            "supplier_evaluation_meeting_review",
            login="meeting_buyer",
        )
        self.assertEqual(self.meeting.state, "closed")
        self.assertEqual(self.meeting.point_ids.kind, "action")
        action = self.meeting.decision_ids.corrective_action_id
        self.assertEqual(action.title, "Check every lot")
        self.assertEqual(action.partner_id, self.supplier)
