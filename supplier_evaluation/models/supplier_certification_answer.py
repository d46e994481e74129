from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

# What people fill in; the rest was copied from the questionnaire.
OWN_FIELDS = frozenset({"rating", "choice_id", "comment"})


class SupplierCertificationAnswer(models.Model):
    """One question of the questionnaire of a certification, and its answer.

    The question is copied when it is asked: a questionnaire changed later changes no
    answer.
    """

    _name = "supplier.certification.answer"
    _inherit = ["supplier.guard.mixin"]
    _description = "Certification Answer"
    _order = "sequence, id"

    certification_id = fields.Many2one(
        "supplier.certification", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="certification_id.company_id", store=True)
    question_id = fields.Many2one(
        "supplier.review.question", index="btree_not_null", ondelete="set null"
    )
    sequence = fields.Integer(readonly=True)
    name = fields.Char(string="Question", required=True, readonly=True)
    weight = fields.Float(required=True, readonly=True, aggregator=None)
    kind = fields.Selection(
        selection=[("rating", "0 to 10"), ("choice", "Choice")],
        required=True,
        readonly=True,
    )
    is_knockout = fields.Boolean(string="Knock-out", readonly=True)
    rating = fields.Selection(
        selection=[(str(value), str(value)) for value in range(11)],
        help="0 is the worst, 10 the best.",
    )
    choice_id = fields.Many2one(
        "supplier.review.choice",
        domain="[('question_id', '=', question_id)]",
        index="btree_not_null",
        ondelete="set null",
    )
    comment = fields.Text()
    is_answered = fields.Boolean(compute="_compute_value", store=True)
    value = fields.Float(
        compute="_compute_value",
        store=True,
        digits=(4, 1),
        aggregator="avg",
        help="From 0, the worst, to 10, the best.",
    )

    @api.depends("rating", "choice_id")
    def _compute_value(self):
        for answer in self:
            if answer.kind == "choice":
                answer.is_answered = bool(answer.choice_id)
                answer.value = answer.choice_id.sudo().score
            else:
                answer.is_answered = bool(answer.rating)
                answer.value = float(answer.rating or 0)

    @api.constrains("choice_id", "kind", "rating")
    def _check_kind(self):
        for answer in self:
            choice = answer.choice_id.sudo()
            wrong = choice and choice.question_id != answer.question_id
            if wrong or (answer.rating if answer.kind == "choice" else choice):
                raise ValidationError(
                    self.env._(
                        "This is no answer to the question “%s”: take one of those "
                        "that it offers.",
                        answer.name,
                    )
                )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model
    def _guarded_fields(self):
        stored = {name for name, field in self._fields.items() if field.store}
        return super()._guarded_fields() | (stored - OWN_FIELDS)

    def write(self, vals):
        if OWN_FIELDS & vals.keys():
            for certification in self.certification_id:
                if certification.state != "draft":
                    raise UserError(
                        self.env._(
                            "The answers of %(certification)s were submitted: have it "
                            "sent back before they are changed.",
                            certification=certification.display_name,
                        )
                    )
        return super().write(vals)
