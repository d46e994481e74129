from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools.actions import open_records
from ...tools.groups import MANAGER_GROUP

#: Where both sides met in person.
IN_PERSON = ("visit", "meeting")
KINDS = [
    ("call", "Call"),
    ("visit", "Visit"),
    ("meeting", "Meeting"),
    ("mail", "E-mail"),
]
#: What an answer is an answer to.
DOCUMENTS = {"order_id": "purchase.order", "incident_id": "supplier.incident"}
#: What a figure is made of, once the supplier answered.
COUNTED = frozenset(
    {"active", "company_id", "date", "is_answer", "partner_id", *DOCUMENTS}
)


class SupplierContact(models.Model):
    """A call, visit, meeting or mail with a supplier that Odoo does not see by itself.

    An answer to what we asked about an order or incident counts as one, at the instant
    of the contact: see ``report/response``.
    """

    _name = "supplier.contact"
    _inherit = [
        "mail.thread",
        "supplier.empty.help.mixin",
        "supplier.exclusion.mixin",
        "supplier.subject.mixin",
    ]
    _description = "Contact with a Supplier"
    _order = "date desc, id desc"
    _rec_name = "subject"
    _rec_names_search = ("subject", "partner_id")
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    partner_id = fields.Many2one(tracking=True)
    kind = fields.Selection(
        KINDS,
        string="Kind of Contact",
        required=True,
        default="call",
        tracking=True,
    )
    date = fields.Datetime(
        string="When",
        required=True,
        default=fields.Datetime.now,
        index=True,
        tracking=True,
        help="When it began.",
    )
    duration = fields.Float(string="Duration (hours)", aggregator="sum")
    person_id = fields.Many2one(
        "res.partner",
        string="Contact Person",
        domain="[('commercial_partner_id', '=', commercial_partner_id)]",
        ondelete="restrict",
        index="btree_not_null",
        help="Who it was at the supplier.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Who of Us",
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
        index="btree_not_null",
        tracking=True,
    )
    subject = fields.Char(required=True, tracking=True)
    summary = fields.Text(help="What was said, in a few sentences.")
    order_id = fields.Many2one(
        "purchase.order",
        string="Purchase Order",
        check_company=True,
        domain="[('partner_id', 'child_of', commercial_partner_id)]",
        ondelete="restrict",
        index="btree_not_null",
        tracking=True,
    )
    incident_id = fields.Many2one(
        "supplier.incident",
        check_company=True,
        domain="[('commercial_partner_id', '=', commercial_partner_id)]",
        ondelete="restrict",
        index="btree_not_null",
        tracking=True,
    )
    is_answer = fields.Boolean(
        string="The Supplier Answered",
        copy=False,
        tracking=True,
        help="It answered what we had asked about the order or incident. This counts "
        "as its answer in the figures of the service, at the time of the contact, for "
        "every cut-off by which it had been logged.",
    )
    date_answer_logged = fields.Datetime(
        string="Answer Logged On",
        readonly=True,
        copy=False,
        help="When it was added that the supplier answered. Empty: with the contact.",
    )
    active = fields.Boolean(default=True, tracking=True)

    _duration_not_negative = models.Constraint(
        "CHECK (duration >= 0)", "A contact lasts no negative time."
    )
    _answer_to_something = models.Constraint(
        "CHECK (is_answer IS NOT TRUE OR order_id IS NOT NULL"
        " OR incident_id IS NOT NULL)",
        "Choose the order or incident about which the supplier answered.",
    )
    # What the figures of answers look for.
    _answers_idx = models.Index("(order_id, incident_id) WHERE is_answer")

    # ------------------------------------------------------------
    # Defaults, constraints
    # ------------------------------------------------------------

    @api.model
    def default_get(self, fields):
        """Take supplier and company of the order or incident that it is about."""
        defaults = super().default_get(fields)
        for name, model in DOCUMENTS.items():
            document = self.env[model].browse(defaults.get(name)).exists()
            if document:
                defaults["company_id"] = document.company_id.id
                supplier = document.partner_id.commercial_partner_id
                if supplier:
                    defaults["partner_id"] = supplier.id
        return defaults

    @api.constrains("date")
    def _check_date(self):
        now = fields.Datetime.now()
        for contact in self:
            if contact.date > now:
                raise ValidationError(
                    self.env._(
                        "“%s” has not happened yet: log a contact when it was, and "
                        "plan a meeting for what is to come.",
                        contact.subject,
                    )
                )

    @api.constrains("partner_id", "person_id", "order_id", "incident_id")
    def _check_of_supplier(self):
        for contact in self:
            for name in ("person_id", "order_id", "incident_id"):
                other = contact[name].sudo()
                partner = other if name == "person_id" else other.partner_id
                if other and (
                    partner.commercial_partner_id != contact.commercial_partner_id
                ):
                    raise ValidationError(
                        self.env._(
                            "%(other)s is not of %(supplier)s: choose another one.",
                            other=other.display_name,
                            supplier=contact.commercial_partner_id.display_name,
                        )
                    )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {"date_answer_logged"}

    @api.model_create_multi
    def create(self, vals_list):
        contacts = super().create([self._of_company(vals) for vals in vals_list])
        contacts._contacted()
        return contacts

    def write(self, vals):
        if COUNTED & vals.keys():
            self._check_answers_kept()
        if vals.get("is_answer"):
            # At a cut-off before, nobody knew of the answer.
            late = self.filtered(lambda contact: not contact.is_answer)
            late._write_guarded({"date_answer_logged": fields.Datetime.now()})
        return super().write(self._of_company(vals))

    def _check_answers_kept(self):
        """Refuse that a buyer changes or withdraws an answer that counts."""
        if self.env.su or self.env.user.has_group(MANAGER_GROUP):
            return
        if answers := self.filtered("is_answer"):
            raise UserError(
                self.env._(
                    "“%s” counts as an answer of the supplier. A manager of supplier "
                    "evaluations changes or archives it.",
                    answers[0].subject,
                )
            )

    # Any client can say that the add-on is being uninstalled.
    @api.ondelete(at_uninstall=True)
    def _unlink_unless_answer(self):
        for contact in self:
            if contact.is_answer:
                raise UserError(
                    self.env._(
                        "“%s” counts as an answer of the supplier and is not deleted. "
                        "Archive it: it does not count then.",
                        contact.subject,
                    )
                )

    @api.model
    def _of_company(self, vals):
        """Name the company; a person that is chosen as the supplier was the contact."""
        if not vals.get("partner_id"):
            return vals
        partner = self.env["res.partner"].browse(vals["partner_id"])
        company = partner.commercial_partner_id
        if partner == company:
            return vals
        return {"person_id": partner.id, **vals, "partner_id": company.id}

    def _contacted(self):
        """Do what follows when a contact was logged; to be extended."""

    @api.model
    def _action_list(self, domain, **context):
        return open_records(
            self.env, "supplier_evaluation.supplier_contact_action", domain, context
        )
