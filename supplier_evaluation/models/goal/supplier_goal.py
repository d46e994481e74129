from odoo import api, fields, models
from odoo.exceptions import UserError

from ...scoring.following.goal import Path
from ...tools.optional_numbers import OptionalFloat
from ...tools.wording import label_of

METRICS = [
    ("kpi", "A KPI"),
    ("score", "Score"),
    ("grade", "Share of suppliers with a grade"),
    ("certified", "Share of spend with certified suppliers"),
    ("savings", "Savings on prices"),
]
SCOPES = [
    ("all", "All suppliers"),
    ("tier", "A tier"),
    ("category", "A tag"),
    ("supplier", "One supplier"),
]
STATUSES = [
    ("reached", "Reached"),
    ("on_track", "On track"),
    ("behind", "Behind"),
    ("missed", "Missed"),
    ("no_data", "No data"),
]
# Where the figure of a metric comes from, by the code of the KPI.
CERTIFIED, SAVINGS = "certification", "price_variance"
MEASURED_BY = {"certified": CERTIFIED, "savings": SAVINGS}
SUBJECTS = {"tier": "tier_id", "category": "category_id", "supplier": "partner_id"}
# What its figures follow from.
DEFINING = {
    "metric",
    "kpi_id",
    "grade_id",
    "weighting",
    "template_id",
    "scope",
    "company_id",
    "baseline",
    "date_baseline",
    "target",
    "date",
    "active",
    *SUBJECTS.values(),
}
# After a change of these, it is another goal that can be missed.
AGAIN = {"metric", "kpi_id", "target", "date"}


class SupplierGoal(models.Model):
    """What a figure of some suppliers is to be by a day, and how it stands with that.

    Its figures come from published scorecards only.
    """

    _name = "supplier.goal"
    _inherit = [
        "mail.thread",
        "mail.activity.mixin",
        "supplier.empty.help.mixin",
        "supplier.guard.mixin",
        "supplier.setup.mixin",
        "supplier.optional.numbers.mixin",
    ]
    _description = "Supplier Goal"
    _order = "sequence, id"
    _check_company_auto = True
    # Who answers for a goal need not be the one who sets it.
    _mail_post_access = "read"

    name = fields.Char(translate=False, tracking=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one(
        "res.users",
        string="Owner",
        required=True,
        tracking=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Is told once when the goal is missed.",
    )
    description = fields.Text(help="How it is to be reached, in words.")

    # What is measured
    metric = fields.Selection(
        METRICS,
        string="Figure",
        required=True,
        default="kpi",
        help="A KPI or the score: the average of the suppliers. Share of suppliers "
        "with a grade: of those that have one, who has it or a better one. Share of "
        "spend with certified suppliers: of what was ordered in the period from "
        "suppliers to which a programme applies, that from suppliers which are "
        "certified by the KPI Certification, also with conditions. Savings: what was "
        "paid less than at the price before by the KPI Price change, added up from "
        "the baseline on; what got dearer counts against it.",
    )
    kpi_id = fields.Many2one(
        "supplier.kpi",
        string="KPI",
        compute="_compute_kpi_id",
        store=True,
        precompute=True,
        readonly=False,
        ondelete="restrict",
    )
    template_kpi_ids = fields.Many2many(
        "supplier.kpi",
        string="KPIs of the Template",
        compute="_compute_template_kpi_ids",
    )
    grade_id = fields.Many2one(
        "supplier.grade",
        string="Grade or Better",
        ondelete="restrict",
    )
    template_id = fields.Many2one(
        "supplier.scorecard.template",
        required=True,
        check_company=True,
        ondelete="restrict",
        default=lambda self: self._default_template_id(),
        help="From whose published scorecards the figures come. Provisional ones do "
        "not count, but in savings and certified spend: these are about money.",
    )
    weighting = fields.Selection(
        [("spend", "By spend"), ("equal", "Each supplier the same")],
        string="Average",
        required=True,
        default="spend",
        help="By spend: a supplier from which twice as much was ordered in the period "
        "counts twice, one without orders in it does not count. Each the same: the "
        "plain average, in which small suppliers count as much as large ones.",
    )

    # Of whom
    scope = fields.Selection(
        SCOPES, string="Whose Figure", required=True, default="all"
    )
    tier_id = fields.Many2one(
        "supplier.tier",
        ondelete="restrict",
        help="Who is in it now, also in the periods before.",
    )
    category_id = fields.Many2one(
        "res.partner.category",
        string="Tag",
        ondelete="restrict",
        help="Who has it now, also in the periods before.",
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Supplier",
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Of a contact, the company that answers for it.",
    )

    # From where to where
    baseline = fields.Float(required=True, digits=(16, 2), tracking=True)
    date_baseline = fields.Date(
        string="Baseline On",
        required=True,
        tracking=True,
        default=fields.Date.context_today,
    )
    target = fields.Float(required=True, digits=(16, 2), tracking=True)
    date = fields.Date(
        string="By",
        required=True,
        tracking=True,
        help="The period in which this day lies decides, once it is published.",
    )
    higher_is_better = fields.Boolean(
        compute="_compute_higher_is_better", store=True, precompute=True
    )

    # How it stands, as it was last looked at
    status = fields.Selection(
        STATUSES,
        readonly=True,
        copy=False,
        default="no_data",
        index=True,
        help="On track: the newest figure is where a straight line from the baseline "
        "to the target is on the last day of its period, or better. Missed: the day "
        "has passed.",
    )
    actual = OptionalFloat(readonly=True, copy=False, aggregator=None, digits=(16, 4))
    actual_text = fields.Char(string="Now", compute="_compute_texts")
    target_text = fields.Char(string="Goal", compute="_compute_texts")
    subject = fields.Char(
        string="Suppliers", compute="_compute_subject", compute_sudo=True
    )
    date_told = fields.Date(
        string="Owner Told On",
        readonly=True,
        copy=False,
        help="When the owner was told that it is missed.",
    )
    period_ids = fields.One2many("supplier.goal.period", "goal_id", readonly=True)

    _dates_in_order = models.Constraint(
        "CHECK (date_baseline < date)", "The baseline is before the day of the goal."
    )

    # ------------------------------------------------------------
    # Defaults and computes
    # ------------------------------------------------------------

    @api.model
    def _default_template_id(self):
        """Return the template by which the vendors of the company were scored last."""
        company = self.env.company
        last = self.env["supplier.evaluation"].search(
            [
                ("state", "=", "published"),
                ("company_id", "=", company.id),
                ("template_id.sets_vendor_score", "=", True),
            ],
            limit=1,
        )
        templates = self.env["supplier.scorecard.template"]
        return last.template_id or templates.search(
            [
                ("company_id", "in", [False, company.id]),
                ("sets_vendor_score", "=", True),
            ],
            limit=1,
        )

    @api.depends("metric")
    def _compute_kpi_id(self):
        """Choose the KPI where the figure says which; else it is chosen by hand."""
        kpis = self.env["supplier.kpi"].search(
            [("code", "in", list(MEASURED_BY.values()))]
        )
        by_code = {kpi.code: kpi for kpi in kpis}
        for goal in self:
            if goal.metric == "kpi":
                goal.kpi_id = goal.kpi_id
            else:
                goal.kpi_id = by_code.get(MEASURED_BY.get(goal.metric))

    @api.depends("template_id")
    def _compute_template_kpi_ids(self):
        for goal in self:
            goal.template_kpi_ids = goal.template_id.line_ids.kpi_id

    @api.depends("metric", "kpi_id.higher_is_better")
    def _compute_higher_is_better(self):
        for goal in self:
            goal.higher_is_better = goal.metric != "kpi" or goal.kpi_id.higher_is_better

    @api.depends("actual", "target", "metric", "kpi_id", "company_id", "date")
    @api.depends_context("lang")
    def _compute_texts(self):
        for goal in self:
            goal.actual_text = goal._words(goal.actual)
            goal.target_text = goal._target_sentence()

    @api.depends("scope", "tier_id", "category_id", "partner_id")
    @api.depends_context("lang")
    def _compute_subject(self):
        for goal in self:
            name = SUBJECTS.get(goal.scope)
            found = name and goal[name].display_name
            goal.subject = found or label_of(goal, "scope")

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    # Any client can say that the add-on is being uninstalled.
    @api.ondelete(at_uninstall=True)
    def _unlink_unless_measured(self):
        for goal in self:
            if goal.period_ids and not self.env.su:
                raise UserError(
                    self.env._(
                        "%(record)s has figures of past periods, which stay: archive "
                        "it instead of deleting it.",
                        record=goal.display_name,
                    )
                )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {"status", "actual", "date_told"}

    @api.model_create_multi
    def create(self, vals_list):
        goals = super().create([self._made_plain(vals) for vals in vals_list])
        goals._refresh()
        return goals

    def write(self, vals):
        result = super().write(self._made_plain(vals))
        if AGAIN & vals.keys():
            self.sudo()._write_guarded({"date_told": False})
        if AGAIN & vals.keys() or vals.get("active") is False:
            # Nobody has to see to what was agreed anew, or is given up.
            self._forget_missed()
        if DEFINING & vals.keys():
            self._refresh()
        return result

    @api.model
    def _made_plain(self, vals):
        """Return values that say nothing twice.

        Of a contact, the company that answers for it has scorecards. The KPI of a
        figure that is not chosen by its KPI follows from the figure.
        """
        vals = dict(vals)
        if vals.get("partner_id"):
            partner = self.env["res.partner"].browse(vals["partner_id"])
            vals["partner_id"] = partner.commercial_partner_id.id
        if vals.get("metric", "kpi") != "kpi":
            vals.pop("kpi_id", None)
        return vals

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _path(self):
        """Return the way from the baseline to the target.

        :rtype: Path
        """
        self.ensure_one()
        return Path(
            self.baseline,
            self.date_baseline,
            self.target,
            self.date,
            self.higher_is_better,
        )

    def _is_shown_to_owner(self):
        """Whether the owner may still see it."""
        self.ensure_one()
        return self.company_id._shows_suppliers_to(self.user_id)
