from odoo import api, fields, models
from odoo.exceptions import UserError

#: What is compared: it changes while nobody is chosen.
CONTENT = frozenset(
    {
        "title",
        "company_id",
        "description",
        "template_id",
        "criterion_ids",
        "candidate_ids",
        "candidate_id",
        "choice_reason",
        "origin_id",
        "requisition_id",
    }
)


class SupplierChoice(models.Model):
    """Requirements with weights, by which candidates are compared, and who is chosen.

    How somebody is chosen is in ``workflow.py``, where figures come from in
    ``filling.py``, how all of it is shown in ``matrix.py``.
    """

    _name = "supplier.choice"
    _inherit = [
        "mail.thread",
        "mail.activity.mixin",
        "supplier.empty.help.mixin",
        "supplier.guard.mixin",
        "supplier.step.mixin",
        "supplier.archive.mixin",
    ]
    _description = "Requirement List"
    _order = "id desc"
    _rec_name = "title"
    _check_company_auto = True
    _archived_in = ("chosen", "dropped")

    title = fields.Char(
        string="Subject", required=True, tracking=True, help="What is bought."
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(
        [
            ("draft", "In Comparison"),
            ("chosen", "Choice Made"),
            ("dropped", "Nobody Chosen"),
        ],
        string="Status",
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        tracking=True,
    )
    description = fields.Text(string="What Is Needed")
    template_id = fields.Many2one(
        "supplier.choice.template",
        check_company=True,
        ondelete="set null",
        compute="_compute_template_id",
        store=True,
        readonly=False,
        precompute=True,
        help="A new list begins with its requirements.",
    )
    criterion_ids = fields.One2many(
        "supplier.choice.criterion", "choice_id", string="Requirements", copy=True
    )
    candidate_ids = fields.One2many(
        "supplier.choice.candidate", "choice_id", string="Candidates"
    )
    score_ids = fields.One2many("supplier.choice.score", "choice_id", string="Scores")
    weight_total = fields.Float(
        string="Weights Together (%)", digits=(16, 2), compute="_compute_weight_total"
    )
    date_filled = fields.Datetime(
        string="Figures of",
        readonly=True,
        copy=False,
        help="When price, cost, score and lateness were read from the records.",
    )
    origin_id = fields.Many2one(
        "purchase.order",
        string="Request for Quotation",
        readonly=True,
        copy=False,
        check_company=True,
        ondelete="set null",
        index="btree_not_null",
    )
    requisition_id = fields.Many2one(
        "purchase.requisition",
        string="Purchase Agreement",
        readonly=True,
        copy=False,
        check_company=True,
        ondelete="set null",
        index="btree_not_null",
    )
    candidate_id = fields.Many2one(
        "supplier.choice.candidate",
        string="To Be Chosen",
        domain="[('choice_id', '=', id)]",
        copy=False,
        ondelete="set null",
        index="btree_not_null",
        tracking=True,
    )
    partner_id = fields.Many2one(
        related="candidate_id.partner_id", string="Supplier Chosen"
    )
    choice_reason = fields.Text(
        string="Why This One",
        copy=False,
        tracking=True,
        help="Needed where it is not the first, or the only candidate.",
    )
    user_id = fields.Many2one(
        "res.users", string="Chosen By", readonly=True, copy=False, index=True
    )
    date_chosen = fields.Datetime(string="Chosen On", readonly=True, copy=False)
    round = fields.Integer(
        string="Times Chosen", readonly=True, copy=False, aggregator=None
    )
    reason = fields.Text(
        string="Why",
        copy=False,
        help="Why it is compared anew, or nobody is chosen. Needed before.",
    )

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {
            "state",
            "date_filled",
            "user_id",
            "date_chosen",
            "round",
        }

    @api.depends("company_id")
    def _compute_template_id(self):
        """Begin with the first template that the company of the list may use."""
        templates = self.env["supplier.choice.template"]
        for company, choices in self.grouped("company_id").items():
            domain = [("company_id", "in", (False, company.id))]
            first = templates.search(domain, limit=1)
            for choice in choices:
                own = choice.template_id
                is_usable = own and own.company_id in (company, company.browse())
                # Once saved, an emptied one stays empty.
                is_emptied = choice._origin and not own
                choice.template_id = own if is_usable or is_emptied else first

    @api.depends("criterion_ids.weight")
    def _compute_weight_total(self):
        for choice in self:
            choice.weight_total = sum(choice.criterion_ids.mapped("weight"))

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Begin with the requirements of the template, if none are given."""
        choices = super().create(vals_list)
        for choice in choices.filtered(lambda one: not one.criterion_ids):
            choice.criterion_ids = choice.template_id._criteria()
        return choices

    def write(self, vals):
        """Why one candidate is chosen is not why another one is."""
        if CONTENT & vals.keys():
            self._check_open()
        others = self.browse()
        if "candidate_id" in vals and "choice_reason" not in vals:
            others = self.filtered(
                lambda one: one.candidate_id.id not in (False, vals["candidate_id"])
            )
        result = super().write(vals)
        if "candidate_id" in vals:
            self._check_own_candidate()
        if others:
            others.write({"choice_reason": False})
        return result

    def _check_own_candidate(self):
        for choice in self:
            if choice.candidate_id.choice_id - choice:
                raise UserError(
                    self.env._(
                        "%(candidate)s is no candidate of “%(choice)s”.",
                        candidate=choice.candidate_id.display_name,
                        choice=choice.title,
                    )
                )

    def _has_history(self):
        return self.round > 0 or self.state != "draft" or super()._has_history()

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _check_open(self):
        """Refuse to change what is decided, also by who decides at the same time."""
        if self._is_unguarded():
            return
        self.sudo()._take_turns()
        self.invalidate_recordset(["state"])
        for choice in self:
            if choice.state != "draft":
                raise UserError(
                    self.env._(
                        "“%s” is decided and is not changed any more: a manager can "
                        "compare anew, and says why.",
                        choice.title,
                    )
                )

    def _make_scores(self):
        """Make the scores that are not there yet, and fill them in."""
        missing = [
            {
                "choice_id": choice.id,
                "criterion_id": criterion.id,
                "candidate_id": candidate.id,
            }
            for choice in self
            for criterion in choice.criterion_ids
            for candidate in choice.candidate_ids - criterion.score_ids.candidate_id
        ]
        if missing:
            # People fill them in; there is one of each.
            scores = self.env["supplier.choice.score"].sudo()._unguarded()
            scores.create(missing)
            self._fill()

    def action_apply_template(self):
        """Begin anew with the requirements of the template.

        :raises UserError: no template is chosen, or somebody is chosen already
        """
        self.ensure_one()
        self._check_open()
        if not self.template_id.line_ids:
            raise UserError(self.env._("Choose a template with requirements first."))
        self.criterion_ids.unlink()
        self.criterion_ids = self.template_id._criteria()
