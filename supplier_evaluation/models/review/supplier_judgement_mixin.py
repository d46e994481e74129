from odoo import api, fields, models


class SupplierJudgementMixin(models.AbstractModel):
    """An answer of somebody who may also say that it cannot be judged.

    To be inherited before ``supplier.answer.mixin``, which has the question.
    """

    _name = "supplier.judgement.mixin"
    _description = "Answer That May Be Withheld"

    cannot_judge = fields.Boolean()
    state = fields.Selection(
        selection=[
            ("open", "Open"),
            ("answered", "Answered"),
            ("cannot_judge", "Cannot Judge"),
        ],
        compute="_compute_state",
        store=True,
        precompute=True,
        readonly=True,
    )

    @api.depends("rating", "choice_id", "cannot_judge")
    def _compute_state(self):
        for answer in self:
            given = answer.choice_id if answer.kind == "choice" else answer.rating
            if answer.cannot_judge:
                answer.state = "cannot_judge"
            else:
                answer.state = "answered" if given else "open"

    @api.model
    def _own_fields(self):
        return super()._own_fields() | {"cannot_judge"}

    def _problem(self, threshold):
        """Return why what was asked cannot be submitted with this answer, or False.

        :param float threshold: an answer below it needs a comment
        """
        self.ensure_one()
        if self.state == "open":
            return self.env._(
                "“%s” is not answered: answer it, or choose “Cannot judge”.", self.name
            )
        needs_comment = self.state == "answered" and self.value < threshold
        if needs_comment and not (self.comment or "").strip():
            return self.env._(
                "“%(question)s” has an answer below %(threshold)g: say why in its "
                "comment.",
                question=self.name,
                threshold=threshold,
            )
        return False
