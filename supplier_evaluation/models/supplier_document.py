from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from .res_partner import MANAGER_GROUP

EXPIRING_DAYS = 30
IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".webp")
# What a manager looked at: verified no longer, once it is something else. A new file
# is noticed where it is stored, see ``ir.attachment``.
VERIFIED_CONTENT = (
    "partner_id",
    "company_id",
    "type_id",
    "number",
    "issuer",
    "date_from",
    "date_to",
)


class SupplierDocument(models.Model):
    """A licence or certificate of a supplier, verified by a manager."""

    _name = "supplier.document"
    _inherit = ["mail.thread", "mail.activity.mixin", "supplier.guard.mixin"]
    _description = "Supplier Document"
    _order = "date_to desc, id desc"
    _rec_names_search = ("number", "type_id", "partner_id")
    _check_company_auto = True

    partner_id = fields.Many2one(
        "res.partner",
        string="Supplier",
        required=True,
        check_company=True,
        ondelete="restrict",
        index=True,
        tracking=True,
    )
    commercial_partner_id = fields.Many2one(
        related="partner_id.commercial_partner_id",
        string="Commercial Entity",
        store=True,
        index=True,
    )
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
        help="Only what a manager verified counts. A change of the document has to "
        "be verified again.",
    )
    date_verified = fields.Datetime(string="Verified On", readonly=True, copy=False)
    verified_uid = fields.Many2one(
        "res.users", string="Verified By", readonly=True, copy=False
    )
    rejection_reason = fields.Char(readonly=True, copy=False, tracking=True)
    file = fields.Binary(attachment=True, copy=False)
    filename = fields.Char(string="File Name", copy=False)
    file_kind = fields.Selection(
        selection=[("pdf", "PDF"), ("image", "Image"), ("other", "Other")],
        compute="_compute_file_kind",
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
            "rejection_reason",
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
            ]
        )
        by_identity = others.grouped(SupplierDocument._identity)
        for document in checked:
            twins = by_identity[document._identity()].filtered(
                lambda twin, own=document: (
                    twin != own
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
                        "issuer. Change that one, archive it, or enter another number.",
                        supplier=document.commercial_partner_id.display_name,
                        document=document.display_name,
                    )
                )

    def _identity(self):
        """What no two documents share, whatever their case and blanks."""
        self.ensure_one()
        return (
            self.commercial_partner_id.id,
            self.type_id.id,
            (self.number or "").strip().casefold(),
            (self.issuer or "").strip().casefold(),
        )

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("type_id.name", "number")
    def _compute_display_name(self):
        for document in self:
            names = (document.type_id.name, document.number)
            document.display_name = " ".join(name for name in names if name)

    @api.depends("partner_id")
    def _compute_company_id(self):
        """A vendor of one company has documents for this company only."""
        for document in self:
            document.company_id = document.company_id or document.partner_id.company_id

    @api.depends("filename")
    def _compute_file_kind(self):
        for document in self:
            name = (document.filename or "").lower()
            if name.endswith(".pdf"):
                document.file_kind = "pdf"
            else:
                document.file_kind = "image" if name.endswith(IMAGES) else "other"

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

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    def write(self, vals):
        changed = self.filtered(
            lambda document: (
                document.verification != "to_verify" and document._changes(vals)
            )
        )
        result = super().write(vals)
        changed._verify_again()
        return result

    def _changes(self, vals):
        """Whether what was verified, or rejected, becomes something else."""
        self.ensure_one()
        for name in VERIFIED_CONTENT:
            if name not in vals:
                continue
            field = self._fields[name]
            new = field.convert_to_cache(vals[name], self)
            if new != field.convert_to_cache(self[name], self):
                return True
        return False

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_verify(self):
        """Confirm that the documents are what they say.

        :raises UserError: a document has no expiry date and needs one
        """
        self._check_manager()
        self._check_expiry()
        self._set_verification("verified")

    def action_ask_rejection(self):
        """Ask why these documents cannot be accepted."""
        self._check_manager()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Reject"),
            "res_model": "supplier.document.reject.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_document_ids": self.ids},
        }

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _reject(self, reason):
        """Refuse the documents.

        :param str reason: what is wrong, for whoever asks the supplier for a better one
        """
        self._check_manager()
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the document is rejected."))
        self._set_verification("rejected", reason.strip())

    def _check_manager(self):
        """Managers verify, others only enter: an own document proves nothing."""
        self.check_access("write")
        if not self.env.su and not self.env.user.has_group(MANAGER_GROUP):
            raise AccessError(
                self.env._(
                    "Only a manager of supplier evaluations verifies or rejects "
                    "documents: ask one of them."
                )
            )

    def _verify_again(self):
        """Have a manager look again at documents that are no longer the same."""
        decided = self.filtered(lambda document: document.verification != "to_verify")
        if decided:
            decided._set_verification("to_verify")

    def _set_verification(self, verification, reason=False):
        decided = verification == "verified"
        self._write_guarded(
            {
                "verification": verification,
                "date_verified": fields.Datetime.now() if decided else False,
                "verified_uid": self.env.uid if decided else False,
                "rejection_reason": reason,
            }
        )
