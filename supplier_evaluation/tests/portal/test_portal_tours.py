from odoo.tests import HttpCase, tagged

from .common import PortalCommon


@tagged("post_install", "-at_install")
class TestPortalTours(PortalCommon, HttpCase):
    """A supplier disputes a record, and the revision shows it."""

    browser_size = "1400x900"

    def test_dispute_and_revision(self):
        self.start_tour(
            "/my/supplier", "supplier_evaluation_portal_dispute", login="portal_ours"
        )
        dispute = self.env["supplier.dispute"].search(
            [("partner_id", "=", self.supplier.id)]
        )
        self.assertEqual(dispute.user_id, self.people["ours"])
        self.assertEqual(dispute._files().mapped("name"), ["mail.pdf"])
        # Whichever of the two records stood first: the late one is meant.
        dispute.sudo()._write_guarded({"fact_id": str(self.late.id * 2)})
        revision = self._as(dispute, "manager")._accept("exclusion", "You are right")
        self._as(revision, "second").action_publish()
        self.start_tour(
            "/my/supplier/disputes",
            "supplier_evaluation_portal_revision",
            login="portal_ours",
        )


@tagged("post_install", "-at_install")
class TestPortalPhoneTours(PortalCommon, HttpCase):
    """A supplier sends a certificate and an idea from the phone."""

    browser_size = "390x844"
    touch_enabled = True

    def test_sending(self):
        kind = self.env["supplier.document.type"].create(
            {"name": "Insurance", "code": "portal", "is_required": True}
        )
        self.env.flush_all()
        self.start_tour(
            "/my/supplier/documents",
            "supplier_evaluation_portal_document",
            login="portal_ours",
        )
        document = self.env["supplier.document"].search([("type_id", "=", kind.id)])
        self.assertEqual(document.verification, "to_verify")
        self.assertEqual(document.filename, "certificate.pdf")
        self.assertEqual(document.number, "4711")
        self.assertEqual(document.partner_id, self.supplier)
        idea = self.env["supplier.idea"].search([("partner_id", "=", self.supplier.id)])
        self.assertEqual(idea.sent_text, "No more cardboard")
