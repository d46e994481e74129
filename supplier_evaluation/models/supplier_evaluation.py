from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..scoring import rank
from ..scoring.period import closed_periods
from .evaluation_run import EvaluationRun
from .scorecard_seal import seal_scorecards, verify_seals

SEALED = ("published", "superseded")

# An object cannot travel over RPC: no client can change a state with it.
_STATE_KEY = object()


class SupplierEvaluation(models.Model):
    """One run: a template, a period, a company.

    What is published stays as it is. New data or a changed template make a new
    revision; the old one remains readable.
    """

    _name = "supplier.evaluation"
    _description = "Supplier Evaluation"
    _inherit = ["mail.thread"]
    _order = "date_to desc, template_id, revision desc, id desc"
    _check_company_auto = True

    name = fields.Char(compute="_compute_name", store=True)
    template_id = fields.Many2one(
        "supplier.scorecard.template",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    period = fields.Selection(related="template_id.period")
    date_from = fields.Date(string="From", required=True)
    date_to = fields.Date(string="To", required=True)
    cutoff = fields.Datetime(
        string="Cut-off",
        compute="_compute_cutoff",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        help="Nothing dated after this moment is looked at.",
    )
    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("computed", "Computed"),
            ("published", "Published"),
            ("superseded", "Superseded"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        tracking=True,
    )
    revision = fields.Integer(default=1, readonly=True, copy=False)
    revision_of_id = fields.Many2one("supplier.evaluation", readonly=True, copy=False)
    scorecard_ids = fields.One2many(
        "supplier.scorecard", "evaluation_id", readonly=True
    )
    scorecard_count = fields.Integer(string="Suppliers", readonly=True, copy=False)
    provisional_count = fields.Integer(string="Provisional", readonly=True, copy=False)
    average_score = fields.Float(
        readonly=True, copy=False, digits=(5, 2), aggregator="avg"
    )
    problems = fields.Text(
        readonly=True, copy=False, help="Suppliers that could not be scored, and why."
    )
    date_computed = fields.Datetime(readonly=True, copy=False)
    date_published = fields.Datetime(readonly=True, copy=False)
    template_snapshot = fields.Json(readonly=True, copy=False)

    _period_unique = models.Constraint(
        "UNIQUE (template_id, company_id, date_from, date_to, revision)",
        "The template has an evaluation of this period and company already. "
        "Make a new revision of it.",
    )
    _dates_in_order = models.Constraint(
        "CHECK (date_from <= date_to)", "A period ends on or after its first day."
    )

    # ------------------------------------------------------------
    # Constraints and computes
    # ------------------------------------------------------------

    @api.depends("template_id.name", "date_from", "date_to", "revision")
    def _compute_name(self):
        for evaluation in self:
            revision = f" (rev. {evaluation.revision})"
            evaluation.name = (
                f"{evaluation.template_id.name or ''} "
                f"{evaluation.date_from or ''} – {evaluation.date_to or ''}"
                f"{revision if evaluation.revision > 1 else ''}"
            )

    @api.depends("template_id", "company_id", "date_to")
    def _compute_cutoff(self):
        now = fields.Datetime.now()
        for evaluation in self:
            if not (evaluation.template_id and evaluation.date_to):
                evaluation.cutoff = evaluation.cutoff or now
                continue
            default = evaluation.template_id._default_cutoff(
                evaluation.company_id, evaluation.date_to
            )
            evaluation.cutoff = min(default, now)

    @api.onchange("template_id")
    def _onchange_template_id(self):
        """Propose the last period of the template that is over."""
        if self.template_id and not (self.date_from or self.date_to):
            today = fields.Date.context_today(self)
            self.date_from, self.date_to = closed_periods(
                self.template_id.period, today - timedelta(days=366), today
            )[-1]

    @api.constrains("template_id", "company_id")
    def _check_template_company(self):
        for evaluation in self:
            company = evaluation.template_id.company_id
            if company and company != evaluation.company_id:
                raise ValidationError(
                    self.env._(
                        "The template %(template)s evaluates for %(company)s only.",
                        template=evaluation.template_id.name,
                        company=company.name,
                    )
                )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("state", "draft") != "draft":
                raise UserError(self.env._("An evaluation begins as a draft."))
        return super().create(vals_list)

    def write(self, vals):
        self._check_not_sealed(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sealed(self):
        self._check_not_sealed({"template_id": False})

    def _check_not_sealed(self, vals):
        if self.env.context.get("supplier_state_key") is _STATE_KEY:
            return
        if "state" in vals:
            raise UserError(
                self.env._("Use the buttons to compute, publish or revise.")
            )
        # Chatter and activities of a published evaluation go on.
        own = {name for name in vals if name not in self.env["mail.thread"]._fields}
        sealed = self.filtered(lambda evaluation: evaluation.state in SEALED)
        if own and sealed:
            raise UserError(
                self.env._(
                    "%s is published and stays as it is. Make a new revision.",
                    sealed[0].name,
                )
            )

    def _set_state(self, state, **vals):
        """Change the state past the guard of :meth:`write`."""
        self.with_context(supplier_state_key=_STATE_KEY).write({"state": state, **vals})

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_compute(self):
        """Measure, score, grade and rank every supplier of the period.

        What was computed before is replaced.

        :raises UserError: it is published, or the template cannot be used
        """
        self._check_manager()
        for evaluation in self.sudo():
            evaluation._check_state(("draft", "computed"))
            evaluation.scorecard_ids.unlink()
            result = EvaluationRun(evaluation).execute()
            evaluation._set_state(
                "computed", date_computed=fields.Datetime.now(), **result
            )
        return True

    def action_publish(self):
        """Seal the scorecards and write scores and grades on the vendors.

        :raises UserError: nothing has been computed, or it is published already
        """
        self._check_manager()
        for evaluation in self.sudo():
            evaluation._check_state(("computed",))
            previous = evaluation._published_revisions()
            seal_scorecards(evaluation.scorecard_ids, evaluation.company_id)
            previous._set_state("superseded")
            evaluation._set_state("published", date_published=fields.Datetime.now())
            if evaluation.template_id.sets_vendor_score:
                evaluation._write_vendor_scores(previous)
        return True

    def action_revise(self):
        """Open a new revision of a published evaluation.

        :raises UserError: it is not published: compute it again instead
        """
        self.ensure_one()
        self._check_manager()
        self._check_state(("published",))
        same_period = self.search(self._same_period_domain())
        revision = self.create(
            {
                "template_id": self.template_id.id,
                "company_id": self.company_id.id,
                "date_from": self.date_from,
                "date_to": self.date_to,
                "cutoff": self.cutoff,
                "revision": max(same_period.mapped("revision")) + 1,
                "revision_of_id": self.id,
            }
        )
        return revision.get_formview_action()

    def action_verify_seals(self):
        """Check that no sealed scorecard of the company has been changed."""
        self.ensure_one()
        self.check_access("read")
        broken = verify_seals(self.sudo().company_id)
        if broken:
            raise UserError(
                self.env._(
                    "The scorecard %(scorecard)s does not match its seal: it or one "
                    "before it was changed after publishing.",
                    scorecard=broken.display_name,
                )
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("Every sealed scorecard is as it was published."),
            },
        }

    def action_open_scorecards(self):
        """Open the scorecards of the evaluation."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "supplier_evaluation.supplier_scorecard_action"
        )
        return {
            **action,
            "name": self.name,
            "display_name": self.name,
            "path": False,
            "domain": [("evaluation_id", "=", self.id)],
            "context": {},
        }

    def action_export_xlsx(self):
        """Download the scorecards as a workbook."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/supplier_evaluation/{self.id}/scorecards.xlsx",
            "target": "download",
        }

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _check_manager(self):
        """Computing and publishing need more than the right to write drafts."""
        self.check_access("write")

    def _check_state(self, states):
        for evaluation in self:
            if evaluation.state not in states:
                labels = dict(self._fields["state"]._description_selection(self.env))
                raise UserError(
                    self.env._(
                        "%(evaluation)s is %(state)s: this can be done only while it "
                        "is %(allowed)s.",
                        evaluation=evaluation.name,
                        state=labels[evaluation.state],
                        allowed=" / ".join(labels[state] for state in states),
                    )
                )

    def _fact_scope(self):
        """Return the question that this evaluation asks of the facts."""
        self.ensure_one()
        return self.template_id._fact_scope(
            self.company_id, self.date_from, self.date_to, self.cutoff
        )

    def _same_period_domain(self):
        return [
            ("template_id", "=", self.template_id.id),
            ("company_id", "=", self.company_id.id),
            ("date_from", "=", self.date_from),
            ("date_to", "=", self.date_to),
        ]

    def _published_revisions(self):
        return self.search([*self._same_period_domain(), ("state", "=", "published")])

    def _rank_again(self):
        """Rank the suppliers anew after a score was overridden."""
        for evaluation in self.sudo():
            cards = evaluation.scorecard_ids
            ranks = rank(
                {
                    card.id: card.score
                    if card.has_score and not card.provisional
                    else None
                    for card in cards
                }
            )
            for card in cards:
                if card.rank != ranks.get(card.id, 0):
                    card.rank = ranks.get(card.id, 0)

    def _write_vendor_scores(self, superseded):
        """Write the scorecards that are the newest of their vendors.

        :param superseded: revisions that this evaluation replaces
        """
        self.ensure_one()
        dropped = superseded.scorecard_ids.partner_id - self.scorecard_ids.partner_id
        self.env["supplier.scorecard"]._clear_vendors(
            dropped, superseded.scorecard_ids, self.company_id
        )
        self.scorecard_ids._write_vendors(self.company_id)
