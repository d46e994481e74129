from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools.sql import escape_psql

from ...tools.optional_numbers import OptionalInteger

EXPIRING_DAYS = 30
IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".webp")


class SupplierDocument(models.Model):
    """A licence or certificate of a supplier, entered by one, verified by another.

    Verification, versions and reminders have files of their own.
    """

    _name = "supplier.document"
    _inherit = [
        "mail.thread",
        "mail.activity.mixin",
        "supplier.guard.mixin",
        "supplier.kept.file.mixin",
        "supplier.segregation.mixin",
        "supplier.subject.mixin",
        "supplier.own.fields.mixin",
    ]
    _description = "Supplier Document"
    _order = "date_to desc, id desc"
    _rec_names_search = ("number", "type_id", "partner_id")
    _check_company_auto = True
    _kept_file = "file"

    partner_id = fields.Many2one(tracking=True)
    company_id = fields.Many2one(
        "res.company",
        compute="_compute_company_id",
        store=True,
        readonly=False,
        precompute=True,
        index=True,
        tracking=True,
        help="Empty: it holds for every company.",
    )
    type_id = fields.Many2one(
        "supplier.document.type",
        required=True,
        ondelete="restrict",
        index=True,
        tracking=True,
    )
    needs_expiry = fields.Boolean(related="type_id.needs_expiry")
    type_description = fields.Text(related="type_id.description")
    number = fields.Char(
        copy=False,
        tracking=True,
        help="As printed on the document: licence or certificate number.",
    )
    issuer = fields.Char(
        tracking=True, help="Who issued it: authority, certification body, insurer."
    )
    scope = fields.Text(
        tracking=True,
        help="What it covers, as printed on it: sites, products, activities, sums.",
    )
    date_issued = fields.Date(string="Issued On", tracking=True)
    date_from = fields.Date(
        string="Valid From",
        tracking=True,
        help="First day of its validity; empty: since ever.",
    )
    date_to = fields.Date(
        string="Valid Until",
        index=True,
        tracking=True,
        help="Last day of its validity, included; empty: without end.",
    )
    days_left = OptionalInteger(
        compute="_compute_days_left",
        help="Days until it expires, today and negative when it has expired.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Owner",
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
        index=True,
        tracking=True,
        help="Is reminded before the document expires, and gets the new one.",
    )
    verification = fields.Selection(
        selection=[
            ("to_verify", "To verify"),
            ("verified", "Verified"),
            ("rejected", "Rejected"),
        ],
        required=True,
        default="to_verify",
        readonly=True,
        copy=False,
        tracking=True,
        help="Only what was verified counts. What was verified is not changed any "
        "more: a new paper is a new version.",
    )
    date_verified = fields.Datetime(string="Verified On", readonly=True, copy=False)
    verified_uid = fields.Many2one(
        "res.users", string="Verified By", readonly=True, copy=False
    )
    date_rejected = fields.Datetime(
        string="Rejected On",
        readonly=True,
        copy=False,
        help="A document that was verified counted until then.",
    )
    rejection_reason = fields.Char(readonly=True, copy=False, tracking=True)
    edited_uid = fields.Many2one(
        "res.users",
        string="Entered By",
        default=lambda self: self.env.uid,
        readonly=True,
        copy=False,
        help="Who wrote last what is verified, and therefore does not verify it.",
    )
    # The last one is not enough: who mends a typo does not clear who brought the file.
    editor_ids = fields.Many2many(
        "res.users",
        "supplier_document_editor_rel",
        string="Editors",
        readonly=True,
        copy=False,
        help="All who changed what is verified, and therefore do not verify it.",
    )
    file = fields.Binary(attachment=True, copy=False)
    filename = fields.Char(string="File Name", copy=False)
    file_kind = fields.Selection(
        selection=[("pdf", "PDF"), ("image", "Image"), ("other", "Other")],
        compute="_compute_file_kind",
    )
    duplicate_ids = fields.Many2many(
        "supplier.document",
        string="Same Number",
        compute="_compute_duplicate_ids",
        help="Documents of other suppliers with this number, issuer and type: one of "
        "them may be a copy that was tampered with.",
    )
    own_properties = fields.Properties(
        "Properties",
        definition="type_id.document_properties_definition",
        copy=True,
    )
    active = fields.Boolean(default=True)
    state = fields.Selection(
        selection=[
            ("to_verify", "To verify"),
            ("rejected", "Rejected"),
            ("not_yet", "Not yet valid"),
            ("valid", "Valid"),
            ("expiring", "Expires soon"),
            ("expired", "Expired"),
        ],
        compute="_compute_state",
        search="_search_state",
        help="Today, in the time zone of the company. Expires soon: within "
        f"{EXPIRING_DAYS} days.",
    )

    _dates_ordered = models.Constraint(
        "CHECK (date_to >= date_from)",
        "A document cannot expire before it becomes valid: check its two dates.",
    )
    _supplier_type_idx = models.Index("(commercial_partner_id, type_id)")

    # ------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {
            "commercial_partner_id",
            "verification",
            "date_verified",
            "verified_uid",
            "date_rejected",
            "rejection_reason",
            "edited_uid",
            "editor_ids",
        }

    @api.constrains("type_id", "date_to")
    def _check_expiry(self):
        for document in self:
            if document.type_id.needs_expiry and not document.date_to:
                raise ValidationError(
                    self.env._(
                        "%(document)s of %(supplier)s needs an expiry date: enter "
                        "until when it is valid.",
                        document=document.display_name,
                        supplier=document.partner_id.display_name,
                    )
                )

    # A unique index would make a merge of two vendors delete the documents of one.
    @api.constrains("partner_id", "company_id", "type_id", "number", "issuer", "active")
    def _check_duplicate(self):
        checked = self.filtered(lambda document: document.active and document.number)
        if not checked:
            return
        others = self.sudo().search(
            [
                ("commercial_partner_id", "in", checked.commercial_partner_id.ids),
                ("type_id", "in", checked.type_id.ids),
                ("number", "!=", False),
                # What was verified is not archived: rejected, it makes room.
                "|",
                ("date_verified", "=", False),
                ("verification", "!=", "rejected"),
            ]
        )
        by_identity = others.grouped(SupplierDocument._identity)
        for document in checked:
            twins = by_identity.get(document._identity(), self.browse()).filtered(
                lambda twin, own=document: (
                    twin != own
                    and twin._first() != own._first()
                    and (
                        not (twin.company_id and own.company_id)
                        or twin.company_id == own.company_id
                    )
                )
            )
            if twins:
                raise ValidationError(
                    self.env._(
                        "%(supplier)s already has the document %(document)s of this "
                        "issuer. Renew that one, or enter another number. If it is "
                        "wrong, archive it, or reject it if it was verified.",
                        supplier=document.commercial_partner_id.display_name,
                        document=document.display_name,
                    )
                )

    def _identity(self):
        """What no two documents of a supplier share."""
        self.ensure_one()
        return self.commercial_partner_id.id, self._printed_identity()

    def _printed_identity(self):
        """The type, number and issuer, whatever their case and blanks."""
        self.ensure_one()
        return (
            self.type_id.id,
            (self.number or "").strip().casefold(),
            (self.issuer or "").strip().casefold(),
        )

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("type_id.name", "number")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for document in self:
            names = (document.type_id.name, document.number)
            document.display_name = " ".join(name for name in names if name)

    @api.depends("partner_id")
    def _compute_company_id(self):
        """A vendor of one company has documents for this company only."""
        for document in self:
            document.company_id = document.company_id or document.partner_id.company_id

    @api.onchange("date_issued")
    def _onchange_date_issued(self):
        self.date_from = self.date_from or self.date_issued

    @api.onchange("type_id", "date_from")
    def _onchange_date_from(self):
        """Propose the end; what is printed on the paper is for the user to say."""
        if self.date_from and not self.date_to:
            self.date_to = self.type_id._end_of_validity(self.date_from)

    @api.depends("filename")
    def _compute_file_kind(self):
        for document in self:
            name = (document.filename or "").lower()
            if name.endswith(".pdf"):
                document.file_kind = "pdf"
            else:
                document.file_kind = "image" if name.endswith(IMAGES) else "other"

    @api.depends("number", "issuer", "type_id", "commercial_partner_id")
    def _compute_duplicate_ids(self):
        numbers = {(document.number or "").strip() for document in self} - {""}
        found = self.browse()
        if numbers:
            found = self.search(
                Domain("type_id", "in", self.type_id.ids)
                & Domain.OR(
                    Domain("number", "=ilike", escape_psql(number))
                    for number in numbers
                )
            )
        by_identity = found.grouped(SupplierDocument._printed_identity)
        for document in self:
            twins = by_identity.get(document._printed_identity(), found.browse())
            document.duplicate_ids = twins.filtered(
                lambda twin, own=document: (
                    twin.commercial_partner_id != own.commercial_partner_id
                )
            )

    @api.depends("date_to", "company_id")
    @api.depends_context("company")
    def _compute_days_left(self):
        days = self._local_days(self.company_id)
        for document in self:
            today = days[document.company_id.id]
            end = document.date_to
            document.days_left = (end - today).days if end else False

    @api.depends("verification", "date_from", "date_to", "company_id")
    @api.depends_context("company")
    def _compute_state(self):
        days = self._local_days(self.company_id)
        for document in self:
            document.state = document._state_on(days[document.company_id.id])

    @api.model
    def _local_days(self, companies):
        """Return today by company id; False, for all companies: the user's company."""
        now = fields.Datetime.now()
        days = {
            company.id: company._supplier_day(now)
            for company in companies | self.env.company
        }
        return {**days, False: days[self.env.company.id]}

    def _state_on(self, day):
        self.ensure_one()
        if self.verification != "verified":
            return self.verification
        if self.date_from and self.date_from > day:
            return "not_yet"
        if not self.date_to:
            return "valid"
        if self.date_to < day:
            return "expired"
        soon = day + timedelta(days=EXPIRING_DAYS)
        return "expiring" if self.date_to <= soon else "valid"

    @api.model
    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        companies = self.env["res.company"].sudo().with_context(active_test=False)
        days = self._local_days(companies.search_fetch(Domain.TRUE, ["partner_id"]))
        return Domain.OR(
            Domain("company_id", "in", [key for key in days if days[key] == day])
            & Domain.OR(self._state_domain(state, day) for state in value)
            for day in set(days.values())
        )

    @api.model
    def _state_domain(self, state, day):
        """Return the documents in a state on a day; see :meth:`_state_on`."""
        if state in ("to_verify", "rejected"):
            return Domain("verification", "=", state)
        soon = day + timedelta(days=EXPIRING_DAYS)
        started = Domain("date_from", "=", False) | Domain("date_from", "<=", day)
        dates = {
            "not_yet": Domain("date_from", ">", day),
            "valid": started
            & (Domain("date_to", "=", False) | Domain("date_to", ">", soon)),
            "expiring": started
            & Domain("date_to", ">=", day)
            & Domain("date_to", "<=", soon),
            "expired": Domain("date_to", "<", day),
        }
        return Domain("verification", "=", "verified") & dates.get(state, Domain.FALSE)

    @api.model
    @api.readonly
    def get_import_templates(self):
        """The file that the import of records offers to fill in."""
        folder = "/supplier_evaluation/static/xls"
        return [
            {
                "label": self.env._("Import Template for Supplier Documents"),
                "template": f"{folder}/supplier_document_import_template.xlsx",
            }
        ]
