from odoo import api, fields, models
from odoo.exceptions import UserError

from ...scoring.following.effect import BETTER, UNPROVEN, WORSE, effect
from ...tools.numbers import number
from ...tools.optional_numbers import OptionalFloat
from ...tools.scheduled import Work, run_scheduled
from ...tools.wording import listed

BATCH = 200
# After so many periods more without a firm figure, nothing is proven.
PATIENCE = 2
# Whose figure it is, and by what it is measured.
FIGURE = {"kpi_id", "template_id", "partner_id", "company_id"}
MEASURED = FIGURE | {"periods_to_wait"}
BEFORE = ("before_line_id", "before_value", "before_low", "before_high")
OUTCOMES = {BETTER: "effective", UNPROVEN: "not_proven", WORSE: "reopened"}


class SupplierCorrectiveAction(models.Model):
    """Whether it helped: the same KPI before and after, with the interval of after."""

    _inherit = "supplier.corrective.action"

    periods_to_wait = fields.Integer(
        string="Judged after (periods)",
        default=2,
        help="The so many-th published period that begins after D6 was accepted is "
        "compared with the one before the action.",
    )
    before_line_id = fields.Many2one(
        "supplier.scorecard.line",
        string="Before",
        readonly=True,
        copy=False,
        ondelete="set null",
    )
    before_value = OptionalFloat(
        readonly=True, copy=False, aggregator=None, digits=(16, 4)
    )
    before_low = OptionalFloat(
        readonly=True, copy=False, aggregator=None, digits=(16, 4)
    )
    before_high = OptionalFloat(
        readonly=True, copy=False, aggregator=None, digits=(16, 4)
    )
    after_line_id = fields.Many2one(
        "supplier.scorecard.line",
        string="After",
        readonly=True,
        copy=False,
        ondelete="set null",
    )
    after_value = OptionalFloat(
        readonly=True, copy=False, aggregator=None, digits=(16, 4)
    )
    after_low = OptionalFloat(
        readonly=True, copy=False, aggregator=None, digits=(16, 4)
    )
    after_high = OptionalFloat(
        readonly=True, copy=False, aggregator=None, digits=(16, 4)
    )
    is_judged_by_hand = fields.Boolean(
        string="Judged by Hand",
        compute="_compute_is_judged_by_hand",
        compute_sudo=True,
        help="No scorecard will tell whether it helped.",
    )
    effect_text = fields.Char(string="Effect", compute="_compute_effect_text")

    _periods_positive = models.Constraint(
        "CHECK (periods_to_wait > 0)",
        "An effect is seen after at least one period.",
    )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {
            f"{when}_{what}"
            for when in ("before", "after")
            for what in ("line_id", "value", "low", "high")
        }

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        actions = super().create(vals_list)
        for action in actions:
            action._remember_before()
        return actions

    def write(self, vals):
        """What is measured is agreed before anything is done about it.

        :raises UserError: it is measured already
        """
        if MEASURED & vals.keys():
            for action in self:
                if action.state != "open":
                    raise UserError(
                        self.env._(
                            "How %s is measured was agreed before D6: it stays so.",
                            action.name,
                        )
                    )
        result = super().write(vals)
        if FIGURE & vals.keys():
            for action in self.filtered(lambda one: not one._has_own_before()):
                action._write_guarded(dict.fromkeys(BEFORE, False))
                action._remember_before()
        return result

    def _has_own_before(self):
        """Whether the figure before is of this supplier, KPI and template."""
        self.ensure_one()
        line = self.before_line_id.sudo()
        card = line.scorecard_id
        return bool(line) and (
            (line.kpi_id, card.template_id, card.partner_id, card.company_id)
            == (self.kpi_id, self.template_id, self.partner_id, self.company_id)
        )

    @api.depends("kpi_id.active", "template_id.active", "template_id.line_ids.kpi_id")
    def _compute_is_judged_by_hand(self):
        for action in self:
            kpi, template = action.kpi_id, action.template_id
            measured = template.line_ids.kpi_id if template.active else kpi.browse()
            action.is_judged_by_hand = not (kpi.active and kpi in measured)

    @api.depends("state", "before_value", "after_value", "kpi_id")
    @api.depends_context("lang")
    def _compute_effect_text(self):
        for action in self:
            action.effect_text = action._effect_in_words()

    def _effect_in_words(self):
        """Return before and after with their intervals, in a sentence, or False."""
        self.ensure_one()
        if self.before_value is False or not self.kpi_id:
            return False
        words = {
            "kpi": self.kpi_id.name,
            "before": self._figure_in_words("before"),
            "after": self._figure_in_words("after"),
        }
        if self.after_value is False:
            return self.env._("%(kpi)s before: %(before)s", **words)
        return self.env._("%(kpi)s before: %(before)s, after: %(after)s", **words)

    def _figure_in_words(self, when):
        value, low, high = (self[f"{when}_{what}"] for what in ("value", "low", "high"))
        if value is False:
            return ""
        text = self.kpi_id._with_unit(value)
        if low is False or high is False:
            return text
        return self.env._(
            "%(value)s (%(low)s–%(high)s)",
            value=text,
            low=number(self.env, low),
            high=number(self.env, high),
        )

    # ------------------------------------------------------------
    # Before
    # ------------------------------------------------------------

    def _remember_before(self, line=None):
        """Keep the figure that is to get better: that of the line, or the last one."""
        self.ensure_one()
        if not self.kpi_id:
            return
        line = line or self._last_line()
        if not line or not line.has_value:
            return
        self._write_guarded(self._figure_vals("before", line))
        if not self.template_id:
            self.template_id = line.scorecard_id.template_id

    def _last_line(self):
        """Return the line of the last published scorecard with the KPI."""
        domain = [
            ("scorecard_id.partner_id", "=", self.partner_id.id),
            ("scorecard_id.company_id", "=", self.company_id.id),
            ("scorecard_id.state", "=", "published"),
            ("kpi_id", "=", self.kpi_id.id),
        ]
        if self.template_id:
            domain.append(("scorecard_id.template_id", "=", self.template_id.id))
        lines = self.env["supplier.scorecard.line"].search(domain)
        return lines.sorted(
            lambda line: (line.scorecard_id.date_to, line.id), reverse=True
        )[:1]

    def _figure_vals(self, when, line):
        return {
            f"{when}_line_id": line.id,
            f"{when}_value": line.value if line.has_value else False,
            f"{when}_low": line.low if line.has_interval else False,
            f"{when}_high": line.high if line.has_interval else False,
        }

    # ------------------------------------------------------------
    # After
    # ------------------------------------------------------------

    @api.model
    def _cron_verify(self):
        """Judge those whose periods are published by now.

        What no scorecard tells any more, as its template was archived, is told by
        somebody: they have it on the list.

        :raises Exception: the error of one that failed, when the others are done
        """
        run_scheduled(
            self.env,
            Work(
                "Effect of a corrective action",
                self.search(self._verified_domain())._with_verdict(),
                lambda actions: actions._verify(),
                size=BATCH,
            ),
            Work(
                "Corrective action to judge",
                self.search([("state", "=", "verifying")])._without_judge(),
                lambda actions: actions._remind_owners(),
                size=BATCH,
            ),
        )

    @api.model
    def _verified_domain(self):
        return [
            ("state", "=", "verifying"),
            ("kpi_id", "!=", False),
            ("template_id", "!=", False),
        ]

    def _with_verdict(self):
        """Return those that can be judged by now: on most days, none of them."""
        lines = self._lines_since()
        return self.filtered(
            lambda action: any(action._judged_line(lines.get(action, ())))
        )

    def _verify(self):
        """Compare before and after of those of which enough is published.

        Two questions, however many actions; what follows is done for each that is over.
        """
        waiting = self.filtered_domain(self._verified_domain())
        lines = waiting._lines_since()
        for action in waiting:
            line, is_over = action._judged_line(lines.get(action, ()))
            [own] = self.env["res.company"]._in_company_language(action)
            if line:
                own._judge_by(line)
            elif is_over:
                reason = own.env._("There was no firm figure to compare with.")
                own._conclude("not_proven", reason, is_known=False)

    def _lines_since(self):
        """Return ``{action: [(evaluation, line or None), …]}`` since it was done.

        Of each template and company the published evaluations, the oldest first.
        """
        runs = self.env["supplier.evaluation"].search_fetch(
            [
                ("state", "=", "published"),
                ("template_id", "in", self.template_id.ids),
                ("company_id", "in", self.company_id.ids),
            ],
            ["template_id", "company_id", "date_from"],
            order="date_from, revision, id",
        )
        lines = self.env["supplier.scorecard.line"].search_fetch(
            [
                ("scorecard_id.evaluation_id", "in", runs.ids),
                ("scorecard_id.partner_id", "in", self.partner_id.ids),
                ("kpi_id", "in", self.kpi_id.ids),
            ],
            ["scorecard_id", "kpi_id", "value", "has_value", "low", "high"],
        )
        found = {
            (
                line.scorecard_id.evaluation_id,
                line.scorecard_id.partner_id,
                line.kpi_id,
            ): line
            for line in lines
        }
        own = runs.grouped(lambda run: (run.template_id, run.company_id))
        return {
            action: [
                (run, found.get((run, action.partner_id, action.kpi_id)))
                for run in own.get((action.template_id, action.company_id), ())
                if run.date_from
                > action.company_id._supplier_day(action.date_implemented)
            ]
            for action in self
        }

    def _judged_line(self, since):
        """Return the line to judge by, and whether there is none to wait for."""
        wait = self.periods_to_wait
        for _run, line in since[wait - 1 :]:
            if line and line.has_value and not line.scorecard_id.provisional:
                return line, False
        return None, len(since) >= wait + PATIENCE

    def _take_revised_before(self):
        """Take the figure before from the revision that holds by now.

        Whether it helped is not told by what a dispute has shown to be wrong.
        """
        self.ensure_one()
        old = self.before_line_id
        if old.scorecard_id.state != "superseded":
            return
        holds = old.evaluation_id._same_period().filtered(
            lambda run: run.state == "published"
        )
        line = old.search(
            [
                ("evaluation_id", "in", holds.ids),
                ("partner_id", "=", old.partner_id.id),
                ("kpi_id", "=", old.kpi_id.id),
            ],
            limit=1,
        )
        if line:
            self._write_guarded(self._figure_vals("before", line))

    def _judge_by(self, line):
        self.ensure_one()
        self._take_revised_before()
        before = None if self.before_value is False else self.before_value
        low, high = (line.low, line.high) if line.has_interval else (None, None)
        outcome = effect(before, line.value, low, high, self.kpi_id.higher_is_better)
        is_new = self.after_line_id != line
        if is_new:
            self._write_guarded(self._figure_vals("after", line))
        if outcome == BETTER and (todo := self._steps_to_accept()):
            # What helped is not over before it is prevented elsewhere, too.
            if is_new:
                self._say_what_is_left(todo)
            return
        reason = self._effect_in_words() or self.env._(
            "There was no firm figure to compare with."
        )
        self._conclude(OUTCOMES[outcome], reason, is_known=before is not None)

    def _say_what_is_left(self, steps):
        self._message_log(
            body=self.env._(
                "It helped: %(effect)s. It is closed when %(steps)s are accepted.",
                effect=self._effect_in_words(),
                steps=listed(self.env, steps.mapped("display_name")),
            )
        )

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_open_before(self):
        """Open the records behind the figure before."""
        self.ensure_one()
        return self.before_line_id.action_open_counted()

    def action_open_after(self):
        """Open the records behind the figure after."""
        self.ensure_one()
        return self.after_line_id.action_open_counted()
