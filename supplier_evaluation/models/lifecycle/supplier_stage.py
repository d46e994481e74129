from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import SQL

from ...tools.groups import APPROVER_GROUP, MANAGER_GROUP, USER_GROUP
from ...tools.wording import clauses

GROUPS = {
    "user": USER_GROUP,
    "approver": APPROVER_GROUP,
    "manager": MANAGER_GROUP,
}
#: How many refused suppliers an error names.
NAMED = 10


class SupplierStage(models.Model):
    """Where a supplier stands in its life with a company, and what lets it in.

    The order of the stages is the way forward. Stages off this path, such as blocked,
    can be entered from everywhere and lead nowhere.
    """

    _name = "supplier.stage"
    _inherit = ["supplier.shared.mixin"]
    _description = "Supplier Stage"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Short name for imports; never translated.")
    sequence = fields.Integer(default=10, help="The order is the way forward.")
    fold = fields.Boolean(string="Folded in Kanban")
    description = fields.Text(
        translate=True, help="What the stage means to those who buy."
    )
    active = fields.Boolean(default=True)
    is_exit = fields.Boolean(
        string="Set Aside",
        help="Entered from everywhere and not a step forward, like blocked. Only who "
        "may move suppliers in may also take them out again.",
    )
    is_source = fields.Boolean(
        string="Approved Source",
        help="Suppliers in this stage count when the sources of a product are counted.",
    )
    purchase_limit = fields.Float(
        string="Order Limit",
        digits="Product Price",
        company_dependent=True,
        help="Largest order that a supplier in this stage may get, untaxed, in the "
        "currency of the company. Zero: no limit. Each company has its own.",
    )
    needs_certification = fields.Boolean(
        help="Only suppliers with a certification in force enter the stage."
    )
    needs_documents = fields.Boolean(
        string="Needs All Documents",
        help="Only suppliers of which all required documents are valid today enter the "
        "stage.",
    )
    min_grade_id = fields.Many2one(
        "supplier.grade",
        string="Needs a Grade of at Least",
        ondelete="restrict",
        help="Compared with the last published scorecard that is not provisional.",
    )
    move_group = fields.Selection(
        selection=[
            ("user", "Users"),
            ("approver", "Approvers"),
            ("manager", "Managers"),
        ],
        string="Who May Move Suppliers In",
        required=True,
        default="user",
    )
    needs_reason = fields.Boolean(
        help="Entering the stage takes a reason, so a card cannot be dragged into it."
    )
    conversion_target = fields.Float(
        string="Target Conversion (%)",
        digits=(5, 2),
        help="Share of the suppliers in this stage that should go on to a later one. "
        "The funnel marks a month below it. Zero: not marked.",
    )
    days_target = fields.Integer(
        string="Target Days",
        help="How long a supplier may take here. Until then the funnel does not count "
        "it as one that did not go on. Zero: it counts at once.",
    )

    _code_unique = models.Constraint(
        "UNIQUE (code)", "Another stage has this code. Choose a code of its own."
    )
    _conversion_target = models.Constraint(
        "CHECK (conversion_target >= 0 AND conversion_target <= 100)",
        "The target conversion of a stage is between 0 and 100 percent.",
    )
    _days_target = models.Constraint(
        "CHECK (days_target >= 0)", "The target days of a stage cannot be negative."
    )

    @api.constrains("purchase_limit")
    def _check_purchase_limit(self):
        for stage in self:
            if stage.purchase_limit < 0:
                raise ValidationError(
                    self.env._(
                        "The order limit of the stage %(stage)s cannot be negative. "
                        "Enter 0 for no limit.",
                        stage=stage.name,
                    )
                )

    @api.constrains("active")
    def _check_not_occupied(self):
        archived = self.filtered(lambda stage: not stage.active)
        if archived:
            archived._check_unoccupied()

    # Any client can say that the add-on is being uninstalled.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_used(self):
        self._check_unoccupied()
        used = (
            self.env["supplier.stage.change"]
            .sudo()
            .search(
                [
                    "|",
                    ("stage_from_id", "in", self.ids),
                    ("stage_to_id", "in", self.ids),
                ],
                limit=1,
            )
        )
        if used:
            stage = (used.stage_to_id & self) or (used.stage_from_id & self)
            raise UserError(
                self.env._(
                    "Suppliers have been in the stage %(stage)s: their history names "
                    "it. Archive the stage instead.",
                    stage=stage.name,
                )
            )

    def _check_unoccupied(self):
        """Refuse while a vendor of any company stands in one of the stages."""
        column = SQL.identifier("res_partner", "supplier_stage_id")
        self.env["res.partner"].flush_model(["supplier_stage_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT value::text::integer
                  FROM res_partner, jsonb_each(%(column)s)
                 WHERE %(column)s IS NOT NULL
                   AND jsonb_typeof(value) = 'number'
                   AND value::text::integer = ANY(%(ids)s)
                 LIMIT 1
                """,
                column=column,
                ids=list(self.ids),
            )
        )
        if rows:
            raise UserError(
                self.env._(
                    "Suppliers are in the stage %(stage)s. Move them to another stage "
                    "first.",
                    stage=self.browse(rows[0][0]).name,
                )
            )

    # ------------------------------------------------------------
    # Who may move
    # ------------------------------------------------------------

    @api.model
    def _check_mover(self, stages_from, stage_to):
        """Refuse a user who may not move suppliers there, or may not take them out.

        :param stages_from: the stages that are left
        :param stage_to: the stage that is entered; empty: the lifecycle is left
        :raises AccessError: naming the stage and who may
        """
        needed = [(stage, stage.move_group) for stage in stage_to]
        needed += [(stage, stage.move_group) for stage in stages_from if stage.is_exit]
        if not stage_to:
            needed.append((stages_from[:1], "manager"))
        labels = dict(self._fields["move_group"]._description_selection(self.env))
        for stage, group in needed:
            if self.env.user.has_group(GROUPS[group]):
                continue
            message = (
                self.env._("Only %(who)s may move suppliers into %(stage)s.")
                if stage == stage_to
                else self.env._("Only %(who)s may take suppliers out of %(stage)s.")
            )
            raise AccessError(
                message % {"who": labels[group].lower(), "stage": stage.name}
            )

    # ------------------------------------------------------------
    # What a supplier needs
    # ------------------------------------------------------------

    def _check_entry(self, partners, company):
        """Refuse suppliers that do not fulfil the entry rules.

        :raises UserError: for each supplier, what is missing
        """
        text = self._missing_text(partners, company)
        if text:
            raise UserError(
                self.env._(
                    "Not ready for the stage %(stage)s:\n%(suppliers)s",
                    stage=self.name,
                    suppliers=text,
                )
            )

    def _missing_text(self, partners, company):
        """Return what the suppliers lack, a line for each; False: nothing."""
        missing = self._missing(partners, company)
        lines = [
            self.env._(
                "%(supplier)s: %(missing)s",
                supplier=partner.display_name,
                missing=clauses(self.env, texts),
            )
            for partner, texts in list(missing.items())[:NAMED]
        ]
        if len(missing) > NAMED:
            lines.append(self.env._("and %(count)s more", count=len(missing) - NAMED))
        return "\n".join(lines) or False

    def _missing(self, partners, company):
        """Return what the suppliers lack to enter the stage, in words.

        :param partners: commercial entities
        :return: ``{partner: [text]}``, only of those that lack something
        """
        missing = defaultdict(list)
        if not self or not partners:
            return missing
        if self.needs_certification:
            self._miss_certification(missing, partners, company)
        if self.needs_documents:
            self._miss_documents(missing, partners, company)
        if self.min_grade_id:
            self._miss_grade(missing, partners, company)
        return missing

    def _miss_certification(self, missing, partners, company):
        covering = (
            self.env["supplier.certification"].sudo()._covering(partners, company)
        )
        for partner in partners:
            if not covering.get(partner.id):
                missing[partner].append(self.env._("no certification is in force"))

    def _miss_documents(self, missing, partners, company):
        facts = (
            self.env["supplier.document.fact"]
            .sudo()
            .search_fetch(
                [
                    ("partner_id", "in", partners.ids),
                    ("company_id", "=", company.id),
                    ("status", "!=", "valid"),
                ],
                ["partner_id", "type_id", "status"],
            )
        )
        labels = dict(facts._fields["status"]._description_selection(self.env))
        for fact in facts:
            text = self.env._(
                "%(document)s is not valid (%(status)s)",
                document=fact.type_id.name,
                status=labels[fact.status].lower(),
            )
            missing[partners.browse(fact.partner_id.id)].append(text)

    def _miss_grade(self, missing, partners, company):
        grades = self._last_grades(partners, company)
        for partner in partners:
            grade = grades.get(partner.id)
            if not grade:
                text = self.env._(
                    "a grade of at least %(needed)s is needed, and no published "
                    "scorecard has one that is not provisional",
                    needed=self.min_grade_id.name,
                )
            elif grade.min_score < self.min_grade_id.min_score:
                text = self.env._(
                    "a grade of at least %(needed)s is needed, the last one is "
                    "%(grade)s",
                    needed=self.min_grade_id.name,
                    grade=grade.name,
                )
            else:
                continue
            missing[partner].append(text)

    @api.model
    def _last_grades(self, partners, company):
        """Return the last published grade that is not provisional, by partner id."""
        self.env["supplier.scorecard"].flush_model()
        self.env["supplier.evaluation"].flush_model(["state"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (card.partner_id) card.partner_id, card.grade_id
                  FROM supplier_scorecard card
                  JOIN supplier_evaluation run ON run.id = card.evaluation_id
                 WHERE card.partner_id = ANY(%(partners)s)
                   AND card.company_id = %(company)s
                   AND card.grade_id IS NOT NULL
                   AND card.provisional IS NOT TRUE
                   AND run.state = 'published'
                 ORDER BY card.partner_id, card.date_to DESC, card.id DESC
                """,
                partners=list(partners.ids),
                company=company.id,
            )
        )
        grades = self.env["supplier.grade"]
        return {partner_id: grades.browse(grade_id) for partner_id, grade_id in rows}
