from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import MANAGER
from ..review.common import NOW, ReviewCommon
from .common import PORTAL, PortalCommon


@tagged("post_install", "-at_install")
class TestDisputeOfReview(ReviewCommon):
    """Who rated a supplier does not decide whether the rating was right."""

    def test_raters_do_not_decide(self):
        raters = self.quality
        raters.group_ids += self.env.ref(MANAGER)
        template = self._create_template(
            "Rated",
            ["fill_rate", "review"],
            questionnaire_id=self.questionnaire.id,
            reviewer_ids=self._rows(quality=raters),
            is_in_portal=True,
        )
        self.company.supplier_dispute_days = 36500
        evaluation = self._draft(template)
        reviews = self._ask(evaluation)
        self._submit(self._of(reviews, raters), 5, 5, 10, now=NOW)
        evaluation.action_compute()
        evaluation.action_publish()
        contact = self._create_contact("Theirs", parent_id=self.supplier.id)
        user = self._create_user("source_portal", PORTAL, partner_id=contact.id)
        line = evaluation.scorecard_ids.line_ids.filtered(
            lambda one: one.kpi_id.code == "review"
        )
        door = self._as(self.env["supplier.portal"], user)
        dispute = door._send_dispute(line.id, "We are polite", [])
        dispute = self.env["supplier.dispute"].browse(dispute.id)
        with self.assertRefused("somebody else decides", AccessError):
            self._as(dispute, raters)._reject("No")
        self._as(dispute, self.manager)._reject("No")


@tagged("post_install", "-at_install")
class TestDisputeOfIncident(PortalCommon):
    """Nor does who reported an incident, or sees to it."""

    def test_people_of_the_incident_do_not_decide(self):
        incident = self.env["supplier.incident"].create(
            {
                "title": "Rust",
                "partner_id": self.supplier.id,
                "company_id": self.company.id,
                "date_opened": "2026-03-10 08:00:00",
                "date_resolved": "2026-03-12 08:00:00",
                "state": "resolved",
                "reporter_id": self.people["manager"].id,
            }
        )
        incident.user_id = self.people["second"]
        third = self._create_user("source_third", MANAGER)
        template = self._create_template(
            "Incidents", ["resolution_rate"], is_in_portal=True
        )
        evaluation = self._evaluate(template)
        evaluation.action_publish()
        line = self._card_of(evaluation, self.supplier).line_ids
        dispute = self._dispute(line=line, fact_id=incident.id)
        for user in ("manager", "second"):
            with self.assertRefused("somebody else decides", AccessError):
                self._as(dispute, user)._reject("No")
        # Nor does who has given it away meanwhile.
        self.env.cr.precommit.run()
        fourth = self._create_user("source_fourth", MANAGER)
        given = self._as(incident, "second").with_context(tracking_disable=False)
        given.user_id = fourth
        self.env.flush_all()
        self.env.cr.precommit.run()
        for user in ("second", fourth):
            with self.assertRefused("somebody else decides", AccessError):
                self._as(dispute, user)._reject("No")
        incident.write({"state": "in_progress", "date_resolved": False})
        wizard = self._as(self.env["supplier.handover.wizard"], third).create(
            {"from_user_id": fourth.id, "to_user_id": self.people["second"].id}
        )
        wizard.action_apply()
        self.assertEqual(incident.user_id, self.people["second"])
        with self.assertRefused("somebody else decides", AccessError):
            self._as(dispute, fourth)._reject("No")
        self._as(dispute, third)._reject("No")

    def test_whoever_entered_it_does_not_decide(self):
        """Another reporter is said in a moment."""
        incident = self._as(self.env["supplier.incident"], "manager").create(
            {
                "title": "Rust",
                "partner_id": self.supplier.id,
                "date_opened": "2026-03-10 08:00:00",
            }
        )
        third = self._create_user("source_third", MANAGER)
        incident.write({"reporter_id": third.id, "user_id": third.id})
        template = self._create_template(
            "Incidents", ["resolution_rate"], is_in_portal=True
        )
        evaluation = self._evaluate(template)
        evaluation.action_publish()
        line = self._card_of(evaluation, self.supplier).line_ids
        dispute = self._dispute(line=line, fact_id=incident.id)
        with self.assertRefused("somebody else decides", AccessError):
            self._as(dispute, "manager")._reject("No")
        self._as(dispute, "second")._reject("No")


@tagged("post_install", "-at_install")
class TestDisputeOfAnswer(PortalCommon):
    """A “Thank you” that nobody answered is left out when the supplier is right."""

    def test_thanks(self):
        self.supplier.email = "sales@vendor.example"
        order = self._as(self.late.order_id, "buyer")
        with freeze_time("2026-03-05 01:00:00"):
            thanks = order.with_context(mail_notify_force_send=False).message_post(
                body=self.late.name,
                partner_ids=self.supplier.ids,
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
            )
        template = self._create_template(
            "Answers", ["response_rate"], is_in_portal=True
        )
        evaluation = self._evaluate(template)
        evaluation.action_publish()
        line = self._card_of(evaluation, self.supplier).line_ids
        self.assertEqual((line.value, line.n), (0, 1))
        dispute = self._dispute(line=line, fact_id=thanks.id)
        self._decide(dispute, decision="accepted", outcome="exclusion")
        self.assertEqual(thanks.supplier_exclusion, "responsibility")
        self.assertFalse(dispute.revised_line_id.has_value)
        self.assertEqual(dispute.adjustment_ids.res_id, thanks.id)
