from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools.groups import USER_GROUP

#: Somebody still has something to do with these.
OPEN = ("new", "claimed")
#: What is longer than this is no answer to a question on a page.
LONGEST = 5000
THREAD = ("mail.thread", "mail.activity.mixin")


class SupplierApplication(models.Model):
    """A company that wants to supply us, and what it says of itself.

    It lies in a pool until somebody claims it. Who may do what is in ``workflow.py``,
    the public page in ``receiving.py``, whom it looks like in ``alike.py``, and how it
    becomes a vendor in ``taking_up.py``.
    """

    _name = "supplier.application"
    _inherit = [*THREAD, "supplier.guard.mixin"]
    _description = "Supplier Application"
    _order = "date_received desc, id desc"
    _rec_names_search = ("name", "company_name")
    _check_company_auto = True

    name = fields.Char(
        string="Number",
        required=True,
        readonly=True,
        copy=False,
        index="trigram",
        default=lambda self: self.env._("New"),
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        index=True,
        help="The company of ours that it applies to.",
    )
    state = fields.Selection(
        selection=[
            ("unconfirmed", "Unconfirmed"),
            ("new", "In the Pool"),
            ("claimed", "Claimed"),
            ("accepted", "Accepted"),
            ("refused", "Refused"),
            ("withdrawn", "Withdrawn"),
        ],
        string="Status",
        required=True,
        readonly=True,
        default="new",
        copy=False,
        index=True,
        tracking=True,
        group_expand=True,
        help="Unconfirmed: nobody has answered the mail to its address yet.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Claimed By",
        readonly=True,
        copy=False,
        index="btree_not_null",
        tracking=True,
        help="Who looks into the application; empty: it lies in the pool.",
    )

    # What it says of itself.
    company_name = fields.Char(required=True, tracking=True)
    country_id = fields.Many2one("res.country", tracking=True)
    registry_number = fields.Char(
        tracking=True, help="In the register of companies of its country."
    )
    tax_id = fields.Char(string="Tax ID", tracking=True)
    category_ids = fields.Many2many(
        "product.category",
        string="Offered Categories",
        domain=[("supplier_open_to_applications", "=", True)],
        help="What it wants to supply.",
    )
    contact_name = fields.Char(string="Contact", tracking=True)
    email = fields.Char(string="E-mail", required=True, tracking=True)
    phone = fields.Char(tracking=True)
    website = fields.Char()
    message = fields.Text()
    lang = fields.Char(string="Language", help="In which it is written to.")
    document_ids = fields.One2many(
        "supplier.application.document", "application_id", string="Documents"
    )

    date_received = fields.Datetime(
        string="Received On",
        required=True,
        readonly=True,
        copy=False,
        default=fields.Datetime.now,
    )
    date_confirmed = fields.Datetime(
        string="Confirmed On",
        readonly=True,
        copy=False,
        help="When somebody with its mail address confirmed it.",
    )
    date_decided = fields.Datetime(string="Decided On", readonly=True, copy=False)
    decided_uid = fields.Many2one(
        "res.users", string="Decided By", readonly=True, copy=False
    )
    reason = fields.Text(
        readonly=True,
        copy=False,
        help="Why it was refused or withdrawn, or is a company of its own.",
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Supplier",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The vendor that it became, or turned out to be.",
    )
    is_mine = fields.Boolean(
        string="Mine",
        compute="_compute_is_mine",
        help="You claimed it, or manage supplier evaluations.",
    )
    can_change = fields.Boolean(
        string="You May Change It",
        compute="_compute_can_change",
        help="It is not decided, and lies in the pool or is yours.",
    )

    _name_company_uniq = models.Constraint(
        "UNIQUE (company_id, name)",
        "There is an application with this number already. Set the next number of the "
        "sequence “Supplier Application” to one that is free.",
    )
    _claimed_by_somebody = models.Constraint(
        "CHECK ((state = 'claimed') <= (user_id IS NOT NULL))",
        "An application that is claimed has somebody who claimed it.",
    )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {
            "state",
            "user_id",
            "date_received",
            "date_confirmed",
            "date_decided",
            "decided_uid",
            "reason",
            "partner_id",
            "date_touched",
            "date_reminded",
        }

    @api.constrains("message", "company_name", "contact_name", "website")
    def _check_length(self):
        for application in self:
            for name in ("message", "company_name", "contact_name", "website"):
                if len(application[name] or "") > LONGEST:
                    raise ValidationError(
                        self.env._(
                            "“%(field)s” of %(application)s is longer than %(most)s "
                            "characters: shorten it.",
                            field=self._fields[name]._description_string(self.env),
                            application=application.company_name[:60],
                            most=LONGEST,
                        )
                    )

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("name", "company_name")
    def _compute_display_name(self):
        for application in self:
            names = (application.id and application.name, application.company_name)
            application.display_name = " ".join(filter(None, names))

    @api.depends("user_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for application in self:
            application.is_mine = application._is_seen_to_by_user()

    @api.depends("user_id", "state")
    @api.depends_context("uid")
    def _compute_can_change(self):
        for application in self:
            is_theirs = application.user_id and not application._is_seen_to_by_user()
            application.can_change = application.state in OPEN and not is_theirs

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Number the applications."""
        companies, sequences = self.env["res.company"], self.env["ir.sequence"]
        numbered = []
        for vals in vals_list:
            company = companies.browse(vals.get("company_id")) or self.env.company
            number = sequences._next_supplier_number(self._name, company)
            numbered.append({**vals, "name": number})
        return super().create(numbered)

    def write(self, vals):
        """Refuse what is decided, or somebody else sees to; see ``workflow.py``."""
        # Who may post a message or plan an activity is for Odoo to say.
        thread = (self.env[name]._fields.keys() for name in THREAD)
        if vals.keys() - set().union(*thread):
            self._check_change(vals)
        return super().write(vals)

    # Any client can say that the add-on is being uninstalled.
    @api.ondelete(at_uninstall=True)
    def _unlink_unless_accepted(self):
        for application in self:
            if application.state == "accepted" and not self.env.su:
                raise UserError(
                    self.env._(
                        "%(application)s was accepted: it tells where the supplier "
                        "came from, and stays.",
                        application=application.display_name,
                    )
                )

    def unlink(self):
        """Delete the files and the mail, too: the database would leave them behind."""
        self.check_access("unlink")
        self._waiting_confirmations().unlink()
        # Also those of what is decided, which nobody changes.
        self.document_ids.sudo().unlink()
        return super().unlink()

    def _sees_applications(self, user):
        """Whether a user may look into applications to the company of this one."""
        self.ensure_one()
        companies = user.sudo().company_ids
        return (
            user.active and user.has_group(USER_GROUP) and self.company_id in companies
        )
