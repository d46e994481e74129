from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_datetime

from odoo.addons.base.models.res_partner import _tz_get

from ...tools.actions import open_records

#: What is not changed any more once a meeting is closed or cancelled.
OVER = ("closed", "cancelled")
#: What was agreed or said: see ``_check_open``.
CONTENT = frozenset(
    {
        "title",
        "partner_id",
        "other_partner_ids",
        "company_id",
        "date_start",
        "duration",
        "tz",
        "location",
        "user_ids",
        "person_ids",
        "minutes",
        "point_ids",
        "decision_ids",
    }
)


class SupplierMeeting(models.Model):
    """A business review, or another meeting with a supplier and perhaps others.

    How it moves is in ``workflow.py``, what is talked about in ``agenda.py``, Odoo's
    calendar in ``calendar.py``, and what each party reads in ``minutes.py``.
    """

    _name = "supplier.meeting"
    _inherit = [
        "mail.thread",
        "mail.activity.mixin",
        "supplier.empty.help.mixin",
        "supplier.guard.mixin",
        "supplier.step.mixin",
        "supplier.subject.mixin",
    ]
    _description = "Supplier Meeting"
    _order = "date_start desc, id desc"
    _rec_names_search = ("name", "title", "partner_id")
    _check_company_auto = True

    name = fields.Char(
        string="Number",
        required=True,
        readonly=True,
        copy=False,
        index="trigram",
        default="/",
    )
    title = fields.Char(
        required=True,
        tracking=True,
        default=lambda self: self.env._("Business Review"),
        help="The parties read it, too, once the meeting is shared with them.",
    )
    partner_id = fields.Many2one(tracking=True)
    other_partner_ids = fields.Many2many(
        "res.partner",
        "supplier_meeting_other_rel",
        string="Other Parties",
        # A list would take away whoever is part of a company now.
        domain="[('is_company', '=', True)]",
        context={"active_test": False},
        check_company=True,
        help="Another supplier or a customer, in meetings of three.",
    )
    party_ids = fields.Many2many(
        "res.partner",
        "supplier_meeting_party_rel",
        string="Parties",
        compute="_compute_party_ids",
        store=True,
        context={"active_test": False},
        ondelete="restrict",
        help="The companies outside: each sees in the portal only the topics, files "
        "and decisions that are shown to it.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    user_id = fields.Many2one(
        "res.users",
        string="Owner",
        required=True,
        check_company=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
        index="btree_not_null",
        tracking=True,
    )
    state = fields.Selection(
        [
            ("planned", "Planned"),
            ("held", "Meeting Held"),
            ("closed", "Closed"),
            ("cancelled", "Cancelled"),
        ],
        string="Status",
        required=True,
        readonly=True,
        default="planned",
        copy=False,
        index=True,
        tracking=True,
    )
    date_start = fields.Datetime(
        string="Begins",
        required=True,
        default=lambda self: self._next_hour(),
        index=True,
        tracking=True,
    )
    duration = fields.Float(string="Duration (hours)", required=True, default=1.0)
    date_stop = fields.Datetime(string="Ends", compute="_compute_date_stop")
    tz = fields.Selection(
        _tz_get,
        string="Time Zone",
        required=True,
        default=lambda self: self.env.user.tz or self.env.company._supplier_tz(),
        help="Of the place: in mails, in print and in the portal, its clock counts.",
    )
    when_text = fields.Char(string="Local Time", compute="_compute_when_text")
    location = fields.Char(string="Meeting Place")
    user_ids = fields.Many2many(
        "res.users",
        string="Our People",
        check_company=True,
        domain="[('share', '=', False)]",
        default=lambda self: self.env.user,
        help="They get the appointment in their calendar.",
    )
    person_ids = fields.Many2many(
        "res.partner",
        "supplier_meeting_person_rel",
        string="People of the Parties",
        domain="[('commercial_partner_id', 'in', party_ids)]",
        help="They get the minutes of their party. Odoo's calendar does not invite "
        "them: it would show each who else comes.",
    )
    point_ids = fields.One2many(
        "supplier.meeting.point", "meeting_id", string="Agenda", copy=True
    )
    decision_ids = fields.One2many(
        "supplier.meeting.decision", "meeting_id", string="Decisions", copy=False
    )
    minutes = fields.Html(
        copy=False, help="For us only: parties read the outcome of their topics."
    )
    is_in_portal = fields.Boolean(
        string="Shared with the Parties",
        copy=False,
        tracking=True,
        help="People of the parties with a portal login see the meeting there, with "
        "what is shown to them.",
    )
    active = fields.Boolean(default=True, copy=False)

    _number_uniq = models.UniqueIndex(
        "(company_id, name) WHERE name != '/'",
        "There is a meeting with this number already. Set the next number of the "
        "sequence “Supplier Meeting” to one that is free.",
    )
    _duration_positive = models.Constraint(
        "CHECK (duration > 0)", "How long does the meeting take, in hours?"
    )

    # ------------------------------------------------------------
    # Defaults, constraints, computes
    # ------------------------------------------------------------

    @api.model
    def _next_hour(self):
        now = fields.Datetime.now()
        return now.replace(minute=0, second=0) + timedelta(hours=1)

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {
            "name",
            "commercial_partner_id",
            "party_ids",
            "state",
        }

    @api.constrains("person_ids", "party_ids")
    def _check_people(self):
        for meeting in self.sudo():
            for person in meeting.person_ids:
                if not meeting._party_of(person):
                    raise ValidationError(
                        self.env._(
                            "%(person)s is of none of the parties of %(meeting)s: add "
                            "the company to the parties, or take the person away.",
                            person=person.display_name,
                            meeting=meeting.display_name,
                        )
                    )

    @api.constrains("party_ids")
    def _check_shown(self):
        """A party that comes no more is shown nothing more, and gets no action."""
        self.point_ids._check_parties()
        self.decision_ids._check_parties()
        self.decision_ids._check_about()

    @api.depends("name", "title")
    def _compute_display_name(self):
        for meeting in self:
            name = meeting.name if meeting.name != "/" else ""
            meeting.display_name = " ".join(filter(None, (name, meeting.title)))

    # Not of which company they are part now: whoever was there was there, and a company
    # that they join later was not.
    @api.depends("partner_id", "other_partner_ids")
    def _compute_party_ids(self):
        for meeting in self:
            others = meeting.other_partner_ids.commercial_partner_id
            meeting.party_ids = meeting.commercial_partner_id | others

    @api.depends("date_start", "duration")
    def _compute_date_stop(self):
        for meeting in self:
            meeting.date_stop = meeting.date_start and (
                meeting.date_start + timedelta(hours=meeting.duration)
            )

    @api.depends("date_start", "tz")
    @api.depends_context("lang")
    def _compute_when_text(self):
        for meeting in self:
            meeting.when_text = meeting.date_start and self.env._(
                "%(time)s (%(zone)s)",
                time=format_datetime(
                    self.env, meeting.date_start, tz=meeting.tz, dt_format="short"
                ),
                zone=meeting.tz,
            )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Number them, and put them into the calendar."""
        meetings = super().create(vals_list)
        meetings.filtered(lambda one: not one.active)._check_over()
        sequences = self.env["ir.sequence"]
        for meeting in meetings:
            vals = {}
            if meeting.partner_id != meeting.commercial_partner_id:
                vals["partner_id"] = meeting.commercial_partner_id.id
                vals["person_ids"] = [Command.link(meeting.partner_id.id)]
            if meeting.name in ("/", ""):
                vals["name"] = sequences._next_supplier_number(
                    self._name, meeting.company_id
                )
            meeting._write_guarded(vals)
        return meetings

    def write(self, vals):
        if CONTENT & vals.keys():
            self._check_open()
        if vals.get("active") is False:
            self._check_over()
        return super().write(self._of_company(vals))

    @api.model
    def _of_company(self, vals):
        """Name the company; a person that is chosen as the supplier comes for it."""
        if not vals.get("partner_id"):
            return vals
        partner = self.env["res.partner"].browse(vals["partner_id"])
        company = partner.commercial_partner_id
        if partner == company:
            return vals
        people = [*vals.get("person_ids", ()), Command.link(partner.id)]
        return {**vals, "partner_id": company.id, "person_ids": people}

    # Any client can say that the add-on is being uninstalled.
    @api.ondelete(at_uninstall=True)
    def _unlink_unless_history(self):
        for meeting in self:
            if meeting.state in ("held", "closed") or any(
                meeting.decision_ids.mapped("date_started")
            ):
                raise UserError(
                    self.env._(
                        "%s has a history and is not deleted. Archive it once it is "
                        "closed.",
                        meeting.display_name,
                    )
                )
            if meeting.is_in_portal:
                raise UserError(
                    self.env._(
                        "%s is shared with the parties, who would come in vain: call "
                        "it off, and archive it then.",
                        meeting.display_name,
                    )
                )

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _party_of(self, person):
        """Return for which party a person comes; nobody for a stranger.

        Companies that a party became part of since are none.
        """
        self.ensure_one()
        parties = self.sudo().party_ids
        person = person.sudo()
        if person.commercial_partner_id in parties:
            return person.commercial_partner_id
        while person and person not in parties:
            person = person.parent_id
        return person

    def _check_open(self):
        """Refuse to change what is closed or cancelled.

        Whoever changes it while somebody else closes it begins anew.

        :raises UserError: naming the meeting
        """
        if self._is_unguarded():
            return
        self._take_turns()
        for meeting in self:
            if meeting.state in OVER:
                raise UserError(
                    self.env._(
                        "%s is not changed any more: it is closed or cancelled. A "
                        "manager can reopen what is closed; what is cancelled can be "
                        "planned again.",
                        meeting.display_name,
                    )
                )

    def _check_over(self):
        for meeting in self:
            if meeting.state not in OVER:
                raise UserError(
                    self.env._(
                        "%s is not over: close or cancel it before you archive it.",
                        meeting.display_name,
                    )
                )

    @api.model
    def _action_list(self, domain, **context):
        return open_records(
            self.env, "supplier_evaluation.supplier_meeting_action", domain, context
        )
