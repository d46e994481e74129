from odoo import fields, models

from ...tools.groups import APPROVER_GROUP, MANAGER_GROUP, REVIEWER_GROUP, USER_GROUP

BUYER_GROUP = "purchase.group_purchase_user"
# Of each page: its action, and who may open it.
PAGES = {
    "overview": ("supplier_overview_action", USER_GROUP),
    "scorecards": ("supplier_scorecard_action", USER_GROUP),
    "alerts": ("supplier_alert_action", USER_GROUP),
    "incidents": ("supplier_incident_action", USER_GROUP),
    "reviews": ("supplier_review_action", REVIEWER_GROUP),
    "decisions": ("supplier_certification_work_action", USER_GROUP),
    "start": ("supplier_start_action", MANAGER_GROUP),
}


class ResUsers(models.Model):
    """On which page the app opens: by what somebody does, or as they like."""

    _inherit = "res.users"

    supplier_start_page = fields.Selection(
        selection=[
            ("overview", "Overview"),
            ("scorecards", "Scorecards"),
            ("alerts", "Alerts"),
            ("incidents", "Open Incidents"),
            ("reviews", "My Reviews"),
            ("decisions", "Certifications That Wait for Me"),
            ("start", "Guided Start"),
        ],
        string="Suppliers Opens On",
        help="Empty: buyers and managers begin on the overview, approvers who do not "
        "buy on what waits for their decision, quality on the open incidents, and "
        "reviewers on their reviews.",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return super().SELF_READABLE_FIELDS + ["supplier_start_page"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return super().SELF_WRITEABLE_FIELDS + ["supplier_start_page"]

    def _supplier_start_action(self):
        """Return the action that the app opens with for the user."""
        self.ensure_one()
        page = self.sudo().supplier_start_page
        if not page or not self.has_group(PAGES[page][1]):
            page = self._supplier_usual_page()
        name, _group = PAGES[page]
        return self.env["ir.actions.actions"]._for_xml_id(f"supplier_evaluation.{name}")

    def _supplier_usual_page(self):
        """Return on which page people with these rights begin, if they chose none."""
        if not self.has_group(USER_GROUP):
            return "reviews"
        if self.has_group(BUYER_GROUP) or self.has_group(MANAGER_GROUP):
            return "overview"
        return "decisions" if self.has_group(APPROVER_GROUP) else "incidents"
