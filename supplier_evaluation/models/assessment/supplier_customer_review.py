from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import NO_ACCESS

from ...tools.actions import open_dialog, open_records
from ...tools.groups import MANAGER_GROUP
from ...tools.optional_numbers import OptionalFloat


class SupplierCustomerReview(models.Model):
    """What somebody outside says about one supplier: a customer, or a site.

    One record for each person and supplier. Who is asked, and how, is in ``asking.py``,
    what comes back by the link in ``answering.py``, reminders in ``reminding.py``.
    """

    _name = "supplier.customer.review"
    _inherit = [
        "mail.thread",
        "supplier.empty.help.mixin",
        "supplier.exclusion.mixin",
        "supplier.step.mixin",
        "supplier.subject.mixin",
    ]
    _description = "Customer Assessment"
    _order = "date_due desc, id desc"
    _rec_names_search = ("name", "partner_id", "respondent_id")
    _check_company_auto = True
    # Who may read it may talk about it.
    _mail_post_access = "read"

    name = fields.Char(
        string="Number", required=True, readonly=True, copy=False, index="trigram"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    partner_id = fields.Many2one(readonly=True)
    respondent_id = fields.Many2one(
        "res.partner",
        required=True,
        readonly=True,
        check_company=True,
        ondelete="restrict",
        index=True,
        help="Who is asked: a person of a customer, of a site, or anybody else without "
        "a login of our own people. Whom you entered yourself, a manager or a "
        "colleague asks.",
    )
    email = fields.Char(
        string="Asked At",
        required=True,
        readonly=True,
        help="The address as it was when the person was asked. All mails go there.",
    )
    email_user_id = fields.Many2one(
        "res.users",
        string="Address Entered By",
        readonly=True,
        ondelete="set null",
        help="Who set the address before the person was asked there.",
    )
    email_date = fields.Datetime(string="Address Entered On", readonly=True)
    lang = fields.Char(string="Language", readonly=True)
    user_id = fields.Many2one(
        "res.users",
        string="Asked By",
        required=True,
        readonly=True,
        index=True,
        tracking=True,
        ondelete="restrict",
    )
    questionnaire_id = fields.Many2one(
        "supplier.questionnaire",
        required=True,
        readonly=True,
        check_company=True,
        index=True,
        ondelete="restrict",
    )
    comment_threshold = fields.Float(
        string="Comment Below", readonly=True, digits=(4, 1), aggregator=None
    )
    about = fields.Char(
        string="What It Is About",
        readonly=True,
        help="An order, a delivery or a project, in words that the person knows.",
    )
    date_due = fields.Date(string="Due", required=True, readonly=True, index=True)
    date_done = fields.Datetime(
        string="Answered On",
        readonly=True,
        help="By this day it counts in a period.",
    )
    date_reminded = fields.Date(string="Last Reminder", readonly=True)
    state = fields.Selection(
        selection=[("open", "Open"), ("done", "Done"), ("cancelled", "Cancelled")],
        string="Status",
        required=True,
        readonly=True,
        default="open",
        index=True,
        tracking=True,
    )
    score = OptionalFloat(
        readonly=True,
        aggregator="avg",
        help="0 to 100: weighted mean of the answered questions. What the person could "
        "not judge does not count.",
    )
    has_score = fields.Boolean(
        string="Judged",
        readonly=True,
        help="At least one question was answered, not only “Cannot judge”.",
    )
    comment = fields.Text(string="Overall Comment", readonly=True)
    answer_ids = fields.One2many(
        "supplier.customer.review.answer", "review_id", string="Answers", readonly=True
    )
    # Whoever has the link answers: nobody of us reads it.
    token_key = fields.Char(readonly=True, copy=False, groups=NO_ACCESS)
    token_secret = fields.Char(readonly=True, copy=False, groups=NO_ACCESS)
    is_late = fields.Boolean(compute="_compute_is_late")

    _token_uniq = models.UniqueIndex("(token_key)", "Two links must not be the same.")
    _asked_once = models.UniqueIndex(
        "(company_id, commercial_partner_id, respondent_id) WHERE state = 'open'",
        "This person is asked about the supplier already: wait for the answer, or let "
        "a manager cancel what is open.",
    )
    # For the figures: what was answered in a period.
    _figures_idx = models.Index("(company_id, date_done) WHERE state = 'done'")

    # ------------------------------------------------------------
    # Constraints and computes
    # ------------------------------------------------------------

    @api.depends("name", "partner_id.display_name")
    def _compute_display_name(self):
        for review in self:
            names = (review.name, review.sudo().partner_id.display_name)
            review.display_name = " ".join(filter(None, names))

    @api.depends("state", "date_due")
    def _compute_is_late(self):
        today = fields.Date.context_today(self)
        for review in self:
            review.is_late = bool(
                review.state == "open" and review.date_due and review.date_due < today
            )

    @api.constrains("respondent_id", "partner_id")
    def _check_respondent(self):
        for supplier, reviews in self.sudo().grouped("partner_id").items():
            people = reviews.respondent_id
            problems = self._problems_of(supplier, people, reviews.company_id)
            if problems:
                raise UserError("\n".join(problems.values()))

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model
    def _guarded_fields(self):
        """Everything but the chatter: answers come by the link, the rest by steps."""
        chatter = set(self.env["mail.thread"]._fields)
        stored = {name for name, field in self._fields.items() if field.store}
        return super()._guarded_fields() | (stored - chatter) | {"answer_ids"}

    @api.model_create_multi
    def create(self, vals_list):
        if not self._is_unguarded():
            raise AccessError(
                self.env._("People are asked by “Ask Customers”: choose that instead.")
            )
        return super().create(vals_list)

    # Any client can say that the add-on is being uninstalled.
    @api.ondelete(at_uninstall=True)
    def _unlink_unless_open(self):
        for review in self:
            if review.state == "done":
                raise UserError(
                    self.env._(
                        "%s was answered and is not deleted. Leave it out with a "
                        "reason: it does not count then.",
                        review.display_name,
                    )
                )

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_ask_customers(self):
        """Open the dialog that asks; the list knows the supplier that it is about."""
        supplier = self.env.context.get("default_partner_id")
        return open_dialog(
            "supplier.customer.ask.wizard",
            self.env._("Ask Customers"),
            {"partner_id": supplier} if supplier else {},
        )

    def action_cancel(self):
        """Ask no more, and let the link end: for a manager, while it is open.

        :raises AccessError: the user is no manager
        :raises UserError: it was answered or cancelled
        """
        if not (self.env.su or self.env.user.has_group(MANAGER_GROUP)):
            raise AccessError(
                self.env._("Only a manager of supplier evaluations can do this.")
            )
        self.check_access("write")
        self._check_state("open")
        self._cancel()
        return True

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _cancel(self):
        self._write_guarded({"state": "cancelled"})

    def _exclusion_favours(self, exclusion):
        """A bad answer counts against the supplier, a good one for it."""
        bad = self.filtered(lambda review: review.has_score and review.score < 50)
        return dict.fromkeys(bad.ids, "supplier" if exclusion else "company")

    def _mail_get_partner_fields(self, introspect_fields=False):
        """Propose to write to the person, and never to the supplier."""
        return ["respondent_id"]

    @api.model
    def _action_list(self, domain, **context):
        return open_records(
            self.env,
            "supplier_evaluation.supplier_customer_review_action",
            domain,
            context,
        )
