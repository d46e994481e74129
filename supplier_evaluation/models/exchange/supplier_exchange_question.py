from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.activities import plan
from .run import NEW

ACTIVITY = "supplier_evaluation.mail_activity_type_exchange_question"


class SupplierExchangeQuestion(models.Model):
    """Which supplier does another system mean? A person says so, once.

    The answer is kept as the identifier of the supplier in that system; what waited for
    it is taken then.
    """

    _name = "supplier.exchange.question"
    _inherit = ["mail.thread", "mail.activity.mixin", "supplier.guard.mixin"]
    _description = "Question About a Supplier of Another System"
    _order = "id desc"
    _rec_name = "external_id"
    _check_company_auto = True

    source_id = fields.Many2one(
        "supplier.exchange.source",
        string="System",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="source_id.company_id", store=True, index=True, precompute=True
    )
    external_id = fields.Char(
        string="Identifier",
        required=True,
        readonly=True,
        help="Of the supplier in the other system.",
    )
    text = fields.Text(string="Question", readonly=True)
    said = fields.Text(
        string="What the System Says", readonly=True, help="Of the supplier."
    )
    candidate_ids = fields.Many2many(
        "res.partner",
        "supplier_exchange_question_candidate_rel",
        string="Candidates",
        readonly=True,
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="It Is",
        tracking=True,
        index="btree_not_null",
        ondelete="set null",
        domain="[('company_id', 'in', [False, company_id])]",
        help="One of the candidates, or another supplier.",
    )
    state = fields.Selection(
        [
            ("open", "Open"),
            ("known", "Known"),
            ("new", "A new supplier"),
            ("dropped", "Not taken"),
        ],
        string="Answer",
        required=True,
        readonly=True,
        default="open",
        tracking=True,
    )
    answered_uid = fields.Many2one("res.users", string="Answered By", readonly=True)
    date_answered = fields.Datetime(string="Answered", readonly=True)
    result_ids = fields.One2many(
        "supplier.exchange.result", "question_id", string="Records That Wait"
    )
    can_be_new = fields.Boolean(
        compute="_compute_can_be_new",
        help="Its own record is among those that wait, so it can be created.",
    )

    _one_open = models.UniqueIndex(
        "(source_id, external_id) WHERE state = 'open'",
        "This question is open already.",
    )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {
            "state",
            "text",
            "said",
            "candidate_ids",
            "answered_uid",
            "date_answered",
            "external_id",
            "source_id",
        }

    def write(self, vals):
        """Keep what an answer says: it decided already who is meant."""
        if "partner_id" in vals:
            for question in self:
                question._check_open()
        return super().write(vals)

    def _check_open(self):
        """Refuse to decide again.

        :raises UserError: it was answered already
        """
        if self.state != "open":
            raise UserError(
                self.env._(
                    "%(question)s was answered already.", question=self.display_name
                )
            )

    @api.depends("source_id.code", "external_id")
    def _compute_display_name(self):
        for question in self:
            source = question.source_id.code or ""
            question.display_name = f"{source}: {question.external_id or ''}"

    @api.depends("result_ids.kind", "result_ids.state")
    def _compute_can_be_new(self):
        for question in self:
            question.can_be_new = any(
                result.kind == "supplier" and result.state == "question"
                for result in question.result_ids
            )

    # ------------------------------------------------------------
    # Asking
    # ------------------------------------------------------------

    @api.model
    def _note(self, message, items):
        """Ask about the suppliers of some records, each once, and link the records."""
        asked = {}
        for item in items:
            if item.asked:
                # The supplier itself comes first, and then what is of it.
                asked.setdefault(item.asked, item)
        if not asked:
            return
        source = message.source_id
        questions = self.sudo()
        known = questions.search(
            [
                ("source_id", "=", source.id),
                ("external_id", "in", list(asked)),
                ("state", "=", "open"),
            ]
        )
        by_id = {question.external_id: question for question in known}
        new = questions._unguarded().create(
            [
                self._vals_of(source, item)
                for external_id, item in asked.items()
                if external_id not in by_id
            ]
        )
        by_id.update({question.external_id: question for question in new})
        new._plan()
        for item in items:
            item.question_id = by_id[item.asked].id if item.asked else 0

    @api.model
    def _vals_of(self, source, item):
        said = [f"{name}: {value}" for name, value in item.values.items() if value]
        return {
            "source_id": source.id,
            "external_id": item.asked,
            "text": item.reason,
            "said": "\n".join(said),
            "candidate_ids": list(item.candidates),
        }

    def _plan(self):
        today = fields.Date.context_today(self)
        people = self.env["res.company"]._supplier_listeners(
            {question: question.source_id.sudo().user_id for question in self}
        )
        plan(
            self,
            ACTIVITY,
            [
                {
                    "res_id": question.id,
                    "user_id": person.id,
                    "date_deadline": today,
                    "summary": question.display_name,
                }
                for question, person in people.items()
                if person
            ],
        )

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_is_known(self):
        """It is the chosen supplier; what waited is taken.

        :raises UserError: none is chosen
        """
        for question in self:
            if not question.partner_id:
                raise UserError(
                    self.env._(
                        "Choose which supplier %(question)s is, or say that it is a "
                        "new one.",
                        question=question.display_name,
                    )
                )
            vendor = question.partner_id.commercial_partner_id
            self.env["supplier.exchange.identity"]._keep(
                question.source_id,
                "supplier",
                "res.partner",
                {question.external_id: (vendor.id, False)},
            )
            question._answer("known")

    def action_is_new(self):
        """It is a supplier that is not here yet.

        :raises UserError: its own record does not wait, so there is nothing to create
        """
        for question in self:
            if not question.can_be_new:
                raise UserError(
                    self.env._(
                        "The system sent no record of the supplier %(question)s "
                        "itself: create the supplier here, and choose it.",
                        question=question.display_name,
                    )
                )
            question._answer("new", {question.external_id: NEW})

    def action_drop(self):
        """Do not take what waits for the answer."""
        for question in self:
            question._answer("dropped")

    def _answer(self, state, answers=None):
        """Keep the answer, and take what waited for it."""
        self.ensure_one()
        self.source_id.check_access("write")
        self._check_open()
        self._write_guarded(
            {
                "state": state,
                "answered_uid": self.env.uid,
                "date_answered": fields.Datetime.now(),
            }
        )
        self.activity_unlink([ACTIVITY])
        results = self.sudo().result_ids.filtered(lambda one: one.state == "question")
        if state == "dropped":
            results._drop()
        else:
            results._take_again(answers)
