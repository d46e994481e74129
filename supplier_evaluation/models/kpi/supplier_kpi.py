import re
import unicodedata

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...scoring.scope import FORMER_ASPECT
from ...tools.numbers import number
from ...tools.wording import label_of

DEFINING_FIELDS = (
    "fact_model",
    "partner_field",
    "date_field",
    "company_field",
    "cutoff_field",
    "domain",
    "aspect",
    "aggregator",
    "numerator",
    "denominator",
    "unweighted",
)
# What fields were called in definitions that were published, and sealed, before.
FORMER_NAMES = {"aspect": FORMER_ASPECT}
# What only the server says of a KPI.
KEPT = {"definer_id", "is_own"}


def definition_of(values):
    """Return the definition of a KPI that a snapshot holds.

    >>> definition_of({"kpi": "otd", "fact_model": "res.partner", "basis": "order"})
    {'aspect': 'order', 'fact_model': 'res.partner'}

    :param dict values: by the names that fields have, or had when it was taken
    :return: ``{field: value}``; what it does not say is absent
    """
    former = {
        name: values[known_as]
        for name, known_as in FORMER_NAMES.items()
        if known_as in values
    }
    return former | {name: values[name] for name in DEFINING_FIELDS if name in values}


class SupplierKpi(models.Model):
    """What is measured: a question asked of records, in fields and in words."""

    _name = "supplier.kpi"
    _inherit = ["supplier.shared.mixin"]
    _description = "Supplier KPI"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        compute="_compute_code",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        copy=False,
        help="Short technical name, unique and lasting.",
    )
    sequence = fields.Integer(default=500)
    active = fields.Boolean(default=True)
    dimension = fields.Selection(
        lambda self: self.env["supplier.dimension"]._choices(),
        required=True,
        default="delivery",
    )
    description = fields.Text(
        string="Definition",
        required=True,
        translate=True,
        help="What the figure says and how it is counted, in words.",
    )
    source_description = fields.Text(
        string="Own Source Documents",
        translate=True,
        help="Which documents the figure is read from, in words. Empty: as all figures "
        "of these records.",
    )
    exclusion_description = fields.Text(
        string="What Does Not Count Here",
        translate=True,
        help="Empty: as for all figures of these records.",
    )
    source_text = fields.Text(
        string="Source Documents",
        compute="_compute_texts",
        help="Which documents the figure is read from, in words.",
    )
    exclusion_text = fields.Text(string="What Does Not Count", compute="_compute_texts")
    unit = fields.Selection(
        selection=[
            ("percent", "%"),
            ("days", "days"),
            ("years", "years"),
            ("hours", "hours"),
            ("ppm", "ppm"),
            ("per_hundred", "per 100"),
            ("points", "points"),
            ("number", "number"),
        ],
        required=True,
        default="percent",
        help="A share between 0 and 1 is shown in %: it is multiplied by 100. In the "
        "same way per 100, and ppm by a million. All other figures are shown as they "
        "are.",
    )
    higher_is_better = fields.Boolean(default=True)
    fact_model = fields.Char(
        string="Records",
        required=True,
        default="supplier.delivery.fact",
        help="Model with one record for each thing that is counted. It has a supplier, "
        "a date and a company.",
    )
    partner_field = fields.Char(
        string="Supplier Field",
        required=True,
        default="partner_id",
        help="Whom a record is about. A contact counts for the company it belongs to.",
    )
    date_field = fields.Char(
        required=True,
        default="date",
        help="By which a record falls in the period, in the company's time zone.",
    )
    company_field = fields.Char(
        required=True,
        default="company_id",
        help="A record without a company counts in every company.",
    )
    cutoff_field = fields.Char(
        string="Known Since",
        help="If set: a record whose date here is empty or after the cut-off is not "
        "looked at.",
    )
    domain = fields.Char(default="[]", required=True)
    aspect = fields.Char(
        help="Technical: the part of the facts that the figure concerns; its records "
        "are shown when the figure is opened."
    )
    aggregator = fields.Selection(
        selection=[
            ("ratio", "Ratio"),
            ("mean", "Mean"),
            ("cv", "Variation"),
            ("sum", "Sum"),
            ("count", "Count"),
        ],
        required=True,
        default="ratio",
        help="Ratio: sum of the first field over sum of the second. Mean: of the "
        "records that have a value. Variation: sample standard deviation over mean.",
    )
    numerator = fields.Char(
        string="Field", help="Field that is summed, averaged or varied."
    )
    denominator = fields.Char(
        string="Divided By",
        help="Ratio: field that divides. Variation over facts: field with the squares.",
    )
    unweighted = fields.Char(
        help="Field that is averaged instead when all weights are 0."
    )
    is_share = fields.Boolean(
        string="Share of Records",
        help="The figure is a share, so it carries a 95 % Wilson interval.",
    )
    definer_id = fields.Many2one(
        "res.users",
        string="Defined By",
        readonly=True,
        copy=False,
        ondelete="restrict",
        help="Ordinary records are read with the rights of this user, whoever computes "
        "an evaluation. Empty: the KPI came with an app.",
    )
    is_own = fields.Boolean(
        readonly=True,
        copy=False,
        help="Only who made the KPI changes it. It is everybody's once a template of "
        "another company, or of all, weighs it.",
    )
    is_fact_model = fields.Boolean(compute="_compute_problem")
    has_model = fields.Boolean(compute="_compute_problem")
    problem = fields.Char(
        string="Not Computable",
        compute="_compute_problem",
        help="Why the KPI cannot be computed. Evaluations report it and compute the "
        "others.",
    )

    _code_unique = models.Constraint(
        "UNIQUE (code)", "A KPI with this code exists already."
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Make a code where none is given: nobody has to invent one."""
        for vals in vals_list:
            if not vals.get("code"):
                vals.pop("code", None)
            if not self.env.su:
                vals.pop("definer_id", None)
                vals["is_own"] = bool(self._companies_of_others())
        kpis = super().create(vals_list)
        kpis._take_responsibility()
        return kpis

    def write(self, vals):
        if not self.env.su:
            vals = {name: vals[name] for name in vals if name not in KEPT}
        result = super().write(vals)
        if vals.keys() & set(DEFINING_FIELDS):
            self._take_responsibility()
        return result

    def _is_shared(self):
        is_mine = self.is_own and self.create_uid == self.env.user
        return not is_mine and super()._is_shared()

    def _hand_over(self):
        """Make own KPIs everybody's, since others are judged by them now."""
        self.sudo().filtered("is_own").is_own = False

    def _take_responsibility(self):
        """Note who asks; constraints run with full rights, this must not.

        :raises ValidationError: the user may not read what the KPI would count
        """
        if self.env.su:
            return
        for kpi in self:
            kpi._raise_problem(kpi._problem_now())
            kpi.sudo().definer_id = self.env.user

    # ------------------------------------------------------------
    # Constraints and computes
    # ------------------------------------------------------------

    @api.depends("name")
    def _compute_code(self):
        """Make a code of the name; whoever wants another one writes it."""
        given = set(self.mapped("code"))
        for kpi in self:
            if not kpi.code and kpi.name:
                kpi.code = kpi._free_code(_slug(kpi.name), given)
                given.add(kpi.code)

    @api.depends("fact_model", "source_description", "exclusion_description")
    @api.depends_context("lang")
    def _compute_texts(self):
        """Where a KPI says nothing of its own, its facts say it for all of theirs."""
        for kpi in self:
            source = exclusion = ""
            if kpi._has_facts():
                source, exclusion = self.env[kpi.fact_model]._fact_definition()
            kpi.source_text = kpi.source_description or source
            kpi.exclusion_text = kpi.exclusion_description or exclusion

    @api.depends(*DEFINING_FIELDS)
    def _compute_problem(self):
        for kpi in self:
            kpi.is_fact_model = kpi._has_facts()
            kpi.has_model = (kpi.fact_model or "") in self.env
            kpi.problem = kpi._definition_problem()

    @api.constrains("active", "dimension")
    def _check_dimension(self):
        self.env["supplier.dimension"]._check_chosen(self.filtered("active"))

    @api.constrains(*DEFINING_FIELDS)
    def _check_definition(self):
        for kpi in self:
            kpi._raise_problem(kpi._problem_now())

    def _raise_problem(self, problem):
        if problem:
            raise ValidationError(
                self.env._(
                    "KPI %(kpi)s cannot be computed: %(problem)s",
                    kpi=self.display_name,
                    problem=problem,
                )
            )

    @api.onchange("fact_model")
    def _onchange_fact_model(self):
        """Propose the fields of the chosen model; what fits no more goes."""
        proposed = self._proposed_fields(self.fact_model)
        for name, value in proposed.items():
            self[name] = value
        self.cutoff_field = self.aspect = self.unweighted = False
        self.domain = "[]"
        known = self.env[self.fact_model]._fields if proposed else {}
        for name in ("numerator", "denominator"):
            if self[name] not in known:
                self[name] = False

    def _unit_label(self):
        """Return the unit in the reader's language; a mere number has none."""
        self.ensure_one()
        if self.unit == "number":
            return ""
        return label_of(self, "unit")

    def _with_unit(self, value):
        """Return what was measured with its unit, as "66.7 %"; "" if it is unknown.

        :param value: a number as the unit has it, or False
        """
        if value is False:
            return ""
        text, unit = number(self.env, value), self._unit_label()
        if not unit:
            return text
        return self.env._("%(number)s %(unit)s", number=text, unit=unit)

    def _free_code(self, code, given):
        """Return the code, numbered if it is given or stored already."""
        stored = self.with_context(active_test=False).search(
            [("code", "=like", f"{code}%")]
        )
        taken = given.union(stored.mapped("code"))
        copy, free = 1, code
        while free in taken:
            copy += 1
            free = f"{code}_{copy}"
        return free


def _slug(name):
    """Return a name in small letters, digits and underscores.

    >>> _slug("Überfällige Audits (%)")
    'uberfallige_audits'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", plain.lower()).strip("_") or "kpi"
