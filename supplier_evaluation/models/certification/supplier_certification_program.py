from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ...tools.actions import open_records
from ...tools.counts import count_by
from .status import HELD, IN_PROGRESS


class SupplierCertificationProgram(models.Model):
    """What a supplier has to prove, and who decides, before it is certified."""

    _name = "supplier.certification.program"
    _inherit = [
        "supplier.setup.mixin",
        "supplier.shared.mixin",
        "supplier.partner.filter.mixin",
        "supplier.field.definition.mixin",
    ]
    _description = "Certification Programme"
    _check_company_auto = True

    description = fields.Text(
        translate=True, help="What it is for and what it asks of a supplier."
    )
    company_id = fields.Many2one(
        "res.company", index=True, help="Empty: every company uses it."
    )

    certification_properties_definition = fields.PropertiesDefinition(
        "Properties of Certifications"
    )

    # For which suppliers: filled-in conditions combine with AND.
    tier_ids = fields.Many2many(
        "supplier.tier", string="Tiers", help="Empty: suppliers of any tier."
    )
    country_ids = fields.Many2many(
        "res.country", string="Countries", help="Empty: suppliers of any country."
    )
    product_category_ids = fields.Many2many(
        "product.category",
        string="Product Categories",
        help="Suppliers of which something in one of these categories, or in a "
        "category below it, was ordered in the 12 months before; empty: whatever they "
        "supply. A new certification proposes these categories as its scope.",
    )
    partner_domain = fields.Char(
        default=None, help="A further condition on the supplier; empty: any."
    )

    # What is asked.
    document_type_ids = fields.Many2many(
        "supplier.document.type",
        string="Required Documents",
        help="Documents that have to be there when a certification is submitted, and "
        "verified before it is decided on. When one expires, the certification is "
        "suspended.",
    )
    scorecard_count = fields.Integer(
        string="Scorecards Looked At",
        help="How many of the last published scorecards are looked at; provisional "
        "ones are not. 0: none is needed.",
    )
    min_score = fields.Float(
        string="Minimum Score",
        digits=(5, 2),
        help="The mean score of these scorecards, 0 to 100; 0: any.",
    )
    min_grade_id = fields.Many2one(
        "supplier.grade",
        string="Minimum Grade",
        help="No grade of these scorecards is worse; empty: any.",
    )
    questionnaire_id = fields.Many2one(
        "supplier.questionnaire",
        check_company=True,
        ondelete="restrict",
        help="Weighted questions about the supplier that have to be answered.",
    )
    min_answer_score = fields.Float(
        string="Minimum in the Questionnaire",
        digits=(5, 2),
        help="Weighted mean of the answers, 0 to 100; 0: any.",
    )
    knockout_question_ids = fields.Many2many(
        "supplier.questionnaire.question",
        relation="supplier_certification_knockout_question_rel",
        # A programme does not lose a question without a word.
        ondelete="restrict",
        column1="program_id",
        column2="question_id",
        string="Questions That Must Be Passed",
        domain="[('questionnaire_id', '=', questionnaire_id)]",
        help="An answer to one of these below the threshold stops the certification.",
    )
    knockout_below = fields.Float(
        string="Failed Below",
        default=5.0,
        digits=(4, 1),
        help="On the scale from 0 to 10.",
    )
    audit_required = fields.Boolean(string="Site Audit Required")
    audit_min_score = fields.Float(
        string="Minimum Audit Score", default=70.0, digits=(5, 2)
    )
    audit_validity_months = fields.Integer(
        string="Audit Valid for (Months)",
        default=24,
        help="An audit that is older proves nothing any more.",
    )
    downgrade_minor = fields.Float(
        string="Off per Minor Finding", default=5.0, digits=(5, 2)
    )
    downgrade_major = fields.Float(
        string="Off per Major Finding", default=20.0, digits=(5, 2)
    )
    surveillance_months = fields.Integer(
        string="Surveillance Every (Months)",
        help="A certified supplier is audited again after this time; 0: it is not.",
    )

    # Who decides, and what is granted.
    step_ids = fields.One2many(
        "supplier.certification.program.step",
        "program_id",
        string="Approval Steps",
        copy=True,
    )
    validity_months = fields.Integer(
        string="Valid for (Months)", default=24, required=True
    )
    renewal_days = fields.Integer(
        string="Renewal Opens (Days Before)",
        default=90,
        help="A renewal is opened so many days before the end; 0: by hand only.",
    )
    waiting_days = fields.Integer(
        string="Waiting Time (Days)",
        default=90,
        help="After a rejection, the supplier is not submitted again for so long.",
    )
    certification_count = fields.Integer(
        string="Certifications", compute="_compute_certification_count"
    )

    _numbers_in_range = models.Constraint(
        "CHECK (validity_months > 0 AND renewal_days >= 0 AND waiting_days >= 0"
        " AND scorecard_count >= 0 AND audit_validity_months >= 0"
        " AND surveillance_months >= 0)",
        "Numbers of months, days and scorecards are not negative, and a certification "
        "is valid for at least one month.",
    )
    _scores_in_range = models.Constraint(
        "CHECK (min_score BETWEEN 0 AND 100 AND min_answer_score BETWEEN 0 AND 100"
        " AND audit_min_score BETWEEN 0 AND 100 AND knockout_below BETWEEN 0 AND 10"
        " AND downgrade_minor BETWEEN 0 AND 100 AND downgrade_major BETWEEN 0 AND 100)",
        "Scores are between 0 and 100, the threshold of knock-out questions between 0 "
        "and 10.",
    )

    # ------------------------------------------------------------
    # Constraints and computes
    # ------------------------------------------------------------

    @api.constrains("scorecard_count", "min_score", "min_grade_id")
    def _check_scorecards(self):
        for program in self:
            asks = program.min_score or program.min_grade_id
            if asks and not program.scorecard_count:
                raise ValidationError(
                    self.env._(
                        "%(program)s asks for a score or grade: enter how many "
                        "scorecards are looked at.",
                        program=program.name,
                    )
                )

    @api.constrains("knockout_question_ids", "questionnaire_id")
    def _check_knockout_questions(self):
        for program in self:
            strange = program.knockout_question_ids.filtered(
                lambda question, own=program: (
                    question.questionnaire_id != own.questionnaire_id
                )
            )
            if strange:
                raise ValidationError(
                    self.env._(
                        "“%(question)s” is not in the questionnaire of %(program)s: "
                        "take it out of the knock-out questions.",
                        question=strange[0].name,
                        program=program.name,
                    )
                )

    def _compute_certification_count(self):
        counts = count_by(self.env["supplier.certification"], "program_id", self)
        for program in self:
            program.certification_count = counts.get(program, 0)

    # ------------------------------------------------------------
    # CRUD and actions
    # ------------------------------------------------------------

    def action_open_certifications(self):
        """Open the certifications of this programme."""
        self.ensure_one()
        return open_records(
            self.env,
            "supplier_evaluation.supplier_certification_action",
            [("program_id", "=", self.id)],
            {"default_program_id": self.id, **self._default_company("default_")},
        )

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    @api.model
    def _applying(self, partners, companies):
        """Return the programmes that apply to each supplier, in one query.

        :param partners: suppliers, or contacts of them
        :param companies: the company that buys; behind it, those above that count too
        :return: ``{partner id: programmes}``, an empty recordset where none applies
        """
        programs = {partner.id: self.browse() for partner in partners}
        if not partners:
            return programs
        entities = partners.sudo().commercial_partner_id
        facts = self.env["supplier.certification.fact"]
        found = facts._applying(entities.ids, companies)
        for partner in partners.sudo():
            ids = found.get(partner.commercial_partner_id.id, [])
            programs[partner.id] = self.browse(ids)
        return programs

    @api.model
    def _proposed(self, partner, company):
        """Return the programme to begin with for a supplier, or none.

        Of those that apply, the one with the most conditions fits best. Where none
        does, it is the only one that the company has. What the supplier has, or applied
        for, is not begun anew.
        """
        taken = self.env["supplier.certification"].search(
            [
                ("partner_id", "=", partner.commercial_partner_id.id),
                ("company_id", "=", company.id),
                ("state", "in", ("draft", *IN_PROGRESS, *HELD)),
            ]
        )
        fitting = self._applying(partner, company)[partner.id]
        if not fitting:
            everything = self.search([("company_id", "in", [False, company.id])])
            fitting = everything if len(everything) == 1 else fitting
        fitting -= taken.program_id
        # Of several with as many conditions, the first one in their order.
        return fitting.sorted(lambda one: -one._condition_count())[:1]

    def _condition_count(self):
        """How narrow it is: the number of conditions on the supplier."""
        self.ensure_one()
        conditions = (
            self.tier_ids,
            self.country_ids,
            self.product_category_ids,
            self._partner_domain() != Domain.TRUE,
        )
        return sum(map(bool, conditions))

    def _next_step(self, certification):
        """Return the first step that a certification still has to pass, or none.

        :raises UserError: the programme has no step any more
        """
        self.ensure_one()
        steps = self.step_ids.sorted()
        if not steps:
            raise UserError(
                self.env._(
                    "The programme %(program)s has no approval step any more, so "
                    "nobody decides on %(certification)s: a manager adds a step to "
                    "the programme.",
                    program=self.display_name,
                    certification=certification.display_name,
                )
            )
        approvals = certification._approvals()
        return next((s for s in steps if not s._is_satisfied(approvals)), steps[:0])
