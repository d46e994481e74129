from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import plaintext2html

from ...scoring.scope import local_midnight
from ...tools.activities import plan
from ..corrective.supplier_corrective_action import CLOSED

TODO = "mail.mail_activity_data_todo"
#: Until when what is decided is implemented.
IMPLEMENTED = "d6"


class SupplierMeetingDecision(models.Model):
    """What a meeting decided: who does it until when, and what became of it.

    Small things become an activity, larger ones a corrective action.
    """

    _name = "supplier.meeting.decision"
    _inherit = ["supplier.meeting.part.mixin"]
    _description = "Decision of a Supplier Meeting"
    _order = "meeting_id, id"

    name = fields.Char(string="Decision", required=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="About",
        compute="_compute_partner_id",
        store=True,
        readonly=False,
        precompute=True,
        domain="[('id', 'in', meeting_party_ids)]",
        ondelete="restrict",
        index="btree_not_null",
        help="Whose corrective action it becomes.",
    )
    party_ids = fields.Many2many(
        relation="supplier_meeting_decision_party_rel",
        column1="decision_id",
        column2="partner_id",
    )
    point_id = fields.Many2one(
        "supplier.meeting.point",
        string="Topic",
        domain="[('meeting_id', '=', meeting_id)]",
        ondelete="set null",
    )
    kind = fields.Selection(
        [
            ("note", "Nothing Follows"),
            ("activity", "Activity"),
            ("action", "Corrective Action"),
        ],
        string="What Follows",
        required=True,
        default="activity",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Owner",
        required=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
    )
    date_due = fields.Date(
        string="Due",
        required=True,
        default=lambda self: fields.Date.context_today(self) + timedelta(days=14),
    )
    date_started = fields.Datetime(string="Started", readonly=True, copy=False)
    activity_id = fields.Many2one(
        "mail.activity", readonly=True, copy=False, ondelete="set null"
    )
    corrective_action_id = fields.Many2one(
        "supplier.corrective.action", readonly=True, copy=False, ondelete="set null"
    )
    progress = fields.Selection(
        [
            ("none", "Nothing Follows"),
            ("waiting", "Not Started"),
            ("open", "Under Way"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
        ],
        string="What Became of It",
        compute="_compute_progress",
    )

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {
            "date_started",
            "activity_id",
            "corrective_action_id",
        }

    @api.depends("meeting_id")
    def _compute_partner_id(self):
        for decision in self:
            supplier = decision.meeting_id.commercial_partner_id
            decision.partner_id = decision.partner_id or supplier

    @api.depends(
        "kind", "date_started", "activity_id.active", "corrective_action_id.state"
    )
    def _compute_progress(self):
        for decision in self:
            action, activity = decision.corrective_action_id, decision.activity_id
            if decision.kind == "note":
                decision.progress = "none"
            elif not decision.date_started:
                decision.progress = "waiting"
            elif action:
                state = action.sudo().state
                over = "cancelled" if state == "cancelled" else "done"
                decision.progress = over if state in CLOSED else "open"
            # Done, Odoo archives it; whoever cancels it deletes it.
            elif activity := activity.sudo().exists():
                decision.progress = "open" if activity.active else "done"
            else:
                decision.progress = "cancelled"

    @api.constrains("meeting_id", "partner_id", "kind")
    def _check_about(self):
        """Refuse an action against whoever does not come."""
        for decision in self.sudo():
            if decision.date_started or decision.kind != "action":
                continue
            about, meeting = decision.partner_id, decision.meeting_id
            if about and about not in meeting.party_ids:
                raise ValidationError(
                    self.env._(
                        "%(party)s is no party of %(meeting)s: choose in “About” whose "
                        "corrective action “%(decision)s” becomes.",
                        party=about.display_name,
                        meeting=meeting.display_name,
                        decision=decision.name,
                    )
                )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    def write(self, vals):
        if not self._is_unguarded():
            self._check_not_started()
        return super().write(vals)

    # Any client can say that the add-on is being uninstalled.
    @api.ondelete(at_uninstall=True)
    def _unlink_unless_started(self):
        self._check_not_started()

    def _check_not_started(self):
        for decision in self:
            if decision.date_started:
                raise UserError(
                    self.env._(
                        "“%s” is under way already: go on with its action, and enter "
                        "another decision.",
                        decision.name,
                    )
                )

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_start(self):
        """Make an activity or a corrective action of each, and open the last one.

        :raises UserError: the meeting is over, or nothing follows
        """
        self.check_access("write")
        self.meeting_id._check_open()
        self._check_not_started()
        for decision in self:
            if decision.kind == "note":
                raise UserError(
                    self.env._(
                        "Nothing follows from “%s”: choose an activity or a "
                        "corrective action first.",
                        decision.name,
                    )
                )
        self._start()
        return self[-1:].action_open()

    def action_open(self):
        """Open what became of it: the corrective action, or the meeting."""
        self.ensure_one()
        record = self.corrective_action_id or self.meeting_id
        return record.get_formview_action()

    def _start(self):
        """Let what follows begin.

        :raises UserError: whoever has to see to it is gone
        """
        self._check_owners()
        now = fields.Datetime.now()
        activities = self.filtered(lambda one: one.kind == "activity")
        made = plan(
            activities.meeting_id, TODO, [one._activity_vals() for one in activities]
        )
        for decision, activity in zip(activities, made, strict=True):
            decision._write_guarded({"activity_id": activity.id, "date_started": now})
        for decision in self.filtered(lambda one: one.kind == "action"):
            action = decision._start_action()
            decision._write_guarded(
                {"corrective_action_id": action.id, "date_started": now}
            )

    def _check_owners(self):
        for decision in self:
            owner = decision.sudo().user_id
            is_gone = not owner.active and owner.id != SUPERUSER_ID
            if owner.share or is_gone:
                raise UserError(
                    self.env._(
                        "%(user)s has left: choose another owner of “%(decision)s”.",
                        user=owner.name,
                        decision=decision.name,
                    )
                )

    def _activity_vals(self):
        return {
            "res_id": self.meeting_id.id,
            "user_id": self.user_id.id,
            "date_deadline": self.date_due,
            "summary": self.name,
        }

    def _start_action(self):
        """Return the corrective action; it is implemented until the decision is due."""
        meeting = self.meeting_id
        action = self.env["supplier.corrective.action"]._open(
            self.partner_id or meeting.commercial_partner_id,
            self.company_id,
            self.name,
            description=plaintext2html(
                self.env._("Decided in the meeting %s", meeting.display_name)
            ),
            user=self.user_id,
        )
        tz = self.company_id._supplier_tz()
        # What was to be done by now is due today, and not before it began.
        day = max(self.date_due, self.company_id._supplier_day(fields.Datetime.now()))
        due = local_midnight(day + timedelta(days=1), tz)
        due -= timedelta(seconds=1)
        for step in action.step_ids:
            if step.code == IMPLEMENTED or (
                step.code < IMPLEMENTED and step.date_due > due
            ):
                step.date_due = due
        return action
