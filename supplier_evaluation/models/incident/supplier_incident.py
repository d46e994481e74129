from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ...tools.groups import MANAGER_GROUP

#: In these states nobody has anything to do with an incident any more.
CLOSED = ("resolved", "cancelled")
#: What went wrong at the root: the six branches of a cause-and-effect diagram.
CAUSES = [
    ("method", "Method"),
    ("people", "People"),
    ("material", "Material"),
    ("machine", "Machine"),
    ("measurement", "Measurement"),
    ("environment", "Environment"),
]


class SupplierIncident(models.Model):
    """A complaint about a supplier: what was wrong, whose fault it is, how it ended.

    What it is about (order, receipt, quantity) is in ``source.py``, how it comes and is
    answered by e-mail in ``mail.py``, who sees to it in ``owner.py``, until when in
    ``follow_up.py``, and who takes it out of the figures in ``deciding.py``.
    """

    _name = "supplier.incident"
    _inherit = [
        "mail.thread",
        "mail.activity.mixin",
        "supplier.exclusion.mixin",
        "supplier.company.fields.mixin",
        "supplier.archive.mixin",
        "supplier.used.mixin",
        "supplier.former.user.mixin",
    ]
    _description = "Supplier Incident"
    _order = "date_opened desc, id desc"
    _rec_name = "title"
    _rec_names_search = ["name", "title"]
    _check_company_auto = True
    _archived_in = CLOSED

    supplier_former_user_ids = fields.Many2many(
        relation="supplier_incident_former_user_rel"
    )
    name = fields.Char(
        string="Number",
        required=True,
        readonly=True,
        copy=False,
        index="trigram",
        default=lambda self: self.env._("New"),
    )
    title = fields.Char(required=True, tracking=True)
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Supplier",
        check_company=True,
        ondelete="restrict",
        index=True,
        tracking=True,
        help="The supplier, or the contact there. An incident that came by e-mail from "
        "an unknown address has none until somebody sets it.",
    )
    commercial_partner_id = fields.Many2one(
        related="partner_id.commercial_partner_id",
        string="Supplier Company",
        store=True,
        index=True,
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
        index=True,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    incident_type = fields.Selection(
        selection=[
            ("quality", "Quality"),
            ("delivery", "Delivery"),
            ("documents", "Documents"),
            ("service", "Service"),
            ("environment", "Environment"),
            ("other", "Other"),
        ],
        string="Type",
        required=True,
        default="quality",
    )
    severity = fields.Selection(
        selection=[("minor", "Minor"), ("major", "Major"), ("critical", "Critical")],
        required=True,
        default="minor",
        tracking=True,
    )
    responsibility = fields.Selection(
        selection=[
            ("open", "Not decided yet"),
            ("supplier", "Supplier"),
            ("us", "Us"),
            ("carrier", "Carrier"),
            ("force_majeure", "Force majeure"),
        ],
        required=True,
        default="open",
        tracking=True,
        help="Whose fault it was. An incident for which we, a carrier or force majeure "
        "are responsible does not count in the score of the supplier.",
    )
    cause = fields.Selection(
        CAUSES,
        string="Root Cause",
        tracking=True,
        help="What went wrong at the root, once it is known.",
    )
    state = fields.Selection(
        selection=[
            ("new", "New"),
            ("in_progress", "In Progress"),
            ("waiting", "Waiting for Supplier"),
            ("resolved", "Resolved"),
            ("cancelled", "Cancelled"),
        ],
        string="Status",
        required=True,
        default="new",
        copy=False,
        index=True,
        tracking=True,
        group_expand=True,
    )
    cost = fields.Monetary(
        tracking=True,
        copy=False,
        help="What the incident cost us, in company currency.",
    )
    date_opened = fields.Datetime(
        string="Opened",
        required=True,
        default=fields.Datetime.now,
        copy=False,
        index=True,
        tracking=True,
        help="The incident counts in the period with this day.",
    )
    date_first_answer = fields.Datetime(
        string="First Answer",
        copy=False,
        tracking=True,
        help="When the supplier first answered. Its first message here sets it.",
    )
    date_resolved = fields.Datetime(
        string="Resolved On",
        compute="_compute_date_resolved",
        store=True,
        readonly=False,
        copy=False,
        tracking=True,
    )
    date_due = fields.Date(
        string="Due",
        compute="_compute_date_due",
        store=True,
        precompute=True,
        readonly=False,
        copy=False,
        index=True,
        help="Proposed by the severity. A higher severity brings it forward.",
    )
    description = fields.Html(
        help="What was found. Pictures may be pasted into the text."
    )
    own_properties = fields.Properties(
        "Properties",
        definition="field_set_id.incident_properties_definition",
        copy=True,
    )
    reporter_id = fields.Many2one(
        comodel_name="res.users",
        string="Reported by",
        default=lambda self: self.env.user,
        copy=False,
    )
    customer_id = fields.Many2one(
        comodel_name="res.partner",
        check_company=True,
        ondelete="set null",
        index="btree_not_null",
        help="The customer for whom the incident matters, if any.",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Owner",
        check_company=True,
        index="btree_not_null",
        tracking=True,
        domain=[("share", "=", False)],
        help="Who sees to it that the incident is resolved.",
    )

    _name_company_uniq = models.Constraint(
        "UNIQUE (company_id, name)",
        "There is an incident with this number already. Set the next number of the "
        "sequence “Supplier Incident” to one that is free.",
    )
    # Junk that came by e-mail has no supplier and can be cancelled nevertheless.
    _supplier_known = models.Constraint(
        "CHECK (partner_id IS NOT NULL OR state IN ('new', 'cancelled'))",
        "An incident without a supplier stays new. Set the supplier first.",
    )
    _cost_not_negative = models.Constraint(
        "CHECK (cost >= 0)",
        "The cost of an incident cannot be negative: enter what it cost us as a "
        "positive amount.",
    )

    @api.constrains("date_opened", "date_first_answer", "date_resolved", "state")
    def _check_dates(self):
        for incident in self:
            problem = incident._date_problem()
            if problem:
                raise ValidationError(
                    self.env._(
                        "Incident %(incident)s: %(problem)s",
                        incident=incident.display_name,
                        problem=problem,
                    )
                )

    def _date_problem(self):
        """Return what is wrong with the dates, in words, or False."""
        if bool(self.date_resolved) != (self.state == "resolved"):
            return self.env._(
                "a resolved incident has a date of resolution, any other has none. "
                "Resolve or reopen it instead of changing the date."
            )
        for fname in ("date_first_answer", "date_resolved"):
            if self[fname] and self[fname] < self.date_opened:
                return self.env._(
                    "“%(date)s” cannot be before “%(opened)s”. Correct one of them.",
                    date=self._fields[fname]._description_string(self.env),
                    opened=self._fields["date_opened"]._description_string(self.env),
                )
        return False

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("name", "title")
    def _compute_display_name(self):
        for incident in self:
            names = [incident.name, incident.title] if incident.id else [incident.title]
            incident.display_name = " ".join(filter(None, names))

    @api.depends("state")
    def _compute_date_resolved(self):
        now = fields.Datetime.now()
        for incident in self:
            if incident.state == "resolved":
                incident.date_resolved = incident.date_resolved or now
            else:
                incident.date_resolved = False

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Number the incidents.

        An owner named at creation is on the form already: no mail tells it.
        """
        new = self.env._("New")
        for vals in vals_list:
            if vals.get("name", new) in (False, "", new):
                vals["name"] = self._next_number(vals)
        incidents = super(
            SupplierIncident, self.with_context(mail_auto_subscribe_no_notify=True)
        ).create(vals_list)
        return incidents.with_env(self.env)

    def write(self, vals):
        """Let users decide once; what is decided is changed by managers.

        What one supplier answered, the other one did not, which it is about now.

        :raises AccessError: a user changes what moves an incident out of the figures
        """
        if not self.env.su and not self.env.user.has_group(MANAGER_GROUP):
            for incident in self:
                incident._check_undecided(vals)
        before = {}
        if "partner_id" in vals and "date_first_answer" not in vals:
            answered = self.filtered(
                lambda one: one.date_first_answer and one.commercial_partner_id
            )
            before = {one: one.commercial_partner_id for one in answered}
        result = super().write(vals)
        for incident, supplier in before.items():
            if incident.commercial_partner_id != supplier:
                incident.sudo().date_first_answer = False
        return result

    def _check_undecided(self, vals):
        decided = {
            "responsibility": self.responsibility != "open",
            "date_opened": self.state != "new",
            "date_resolved": True,
            "date_first_answer": True,
        }
        for fname in decided.keys() & vals.keys():
            field = self._fields[fname]
            value = field.convert_to_cache(vals[fname], self)
            if decided[fname] and value != (self[fname] or None):
                raise AccessError(
                    self.env._(
                        "“%(field)s” of incident %(incident)s is decided. A manager "
                        "can change it, or leave the incident out with a reason.",
                        field=field._description_string(self.env),
                        incident=self.display_name,
                    )
                )

    @api.model
    def _next_number(self, vals):
        """Return the next number in the company's year of the incident."""
        defaults = self.default_get(["company_id", "date_opened"])
        company = self.env["res.company"].browse(
            vals.get("company_id") or defaults["company_id"]
        )
        opened = fields.Datetime.to_datetime(
            vals.get("date_opened") or defaults["date_opened"]
        )
        return self.env["ir.sequence"]._next_supplier_number(
            self._name, company, company._supplier_day(opened)
        )

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_start(self):
        """Take the incidents up; who does so owns those without an owner."""
        self.filtered(lambda incident: not incident.user_id).user_id = self.env.user
        self.state = "in_progress"

    def action_wait(self):
        """It is the supplier's turn."""
        self.state = "waiting"

    def action_resolve(self):
        """Close the incidents: the supplier's clock stops."""
        self.state = "resolved"

    def action_reopen(self):
        """Take the incidents up again; the time to resolve runs on."""
        known = self.filtered("partner_id")
        known.state = "in_progress"
        (self - known).state = "new"

    @api.model
    @api.readonly
    def get_import_templates(self):
        """The file that the import of records offers to fill in."""
        folder = "/supplier_evaluation/static/xls"
        return [
            {
                "label": self.env._("Import Template for Incidents"),
                "template": f"{folder}/supplier_incident_import_template.xlsx",
            }
        ]

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _exclusion_favours(self, exclusion):
        """An incident counts against the supplier, or not at all."""
        return dict.fromkeys(self.ids, "supplier" if exclusion else "company")

    def _has_history(self):
        """Whether somebody took it up or answered, or published figures count it."""
        moment = (self.company_id, self.date_opened)
        return (
            self.state != "new"
            or bool(self.date_first_answer or self.supplier_exclusion)
            or bool(self.partner_id and self.company_id._supplier_published({moment}))
            or super()._has_history()
        )
