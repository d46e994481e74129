from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...scoring.following.alert import Limit
from ...tools.counts import count_by
from ...tools.optional_numbers import OptionalFloat

SEVERITIES = [("info", "Information"), ("warning", "Warning"), ("critical", "Critical")]
# Each kind is a file in watch/, with its fields and the methods ``_see_KIND``,
# ``_sentence_KIND`` and ``_problem_KIND``.
WATCHES = [
    ("records", "Records of a Supplier"),
    ("count", "A Number of Records"),
    ("kpi", "A Score or a KPI"),
    ("change", "A Change"),
    ("date", "A Date"),
    ("silence", "Nothing Since"),
    ("funnel", "A Stage of the Funnel"),
    ("seal", "A Broken Seal"),
]


class SupplierAlertRule(models.Model):
    """What is watched, of whom, and from which value on somebody hears of it.

    Of whom is in ``scope.py``, when it is looked at in ``schedule.py``, who hears of it
    in ``telling.py`` and what follows in ``consequence.py``.
    """

    _name = "supplier.alert.rule"
    _inherit = [
        "mail.thread",
        "supplier.shared.mixin",
        "supplier.setup.mixin",
        "supplier.partner.filter.mixin",
    ]
    _description = "Supplier Alert Rule"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", help="Empty: every company is watched, each for itself."
    )
    severity = fields.Selection(SEVERITIES, required=True, default="warning")
    watch = fields.Selection(
        WATCHES, string="Watches", required=True, default="kpi", tracking=True
    )
    threshold = OptionalFloat(
        digits=(16, 2), aggregator=None, tracking=True, help="From where on it alerts."
    )
    threshold_close = OptionalFloat(
        string="Closes At",
        digits=(16, 2),
        aggregator=None,
        help="From this value on an alert closes by itself. What lies between keeps it "
        "open, and opens none. Empty: as soon as the threshold is not passed any more.",
    )
    cool_down = fields.Float(
        string="Cool-Down (hours)",
        default=0,
        help="For so long after an alert was resolved, none is opened about the same.",
    )
    with_provisional = fields.Boolean(
        string="Also Provisional Scores",
        help="They rest on too few records: somebody is told, nothing else follows.",
    )
    description = fields.Text(
        string="What to Do", translate=True, help="For whoever gets the alert."
    )
    sentence = fields.Char(string="In Words", compute="_compute_sentence")
    alert_ids = fields.One2many("supplier.alert", "rule_id", string="Alerts")
    open_alert_count = fields.Integer(
        string="Open Alerts", compute="_compute_open_alert_count"
    )

    _cool_down_not_negative = models.Constraint(
        "CHECK (cool_down >= 0)", "A cool-down cannot be negative: enter hours, or 0."
    )

    @api.constrains(lambda self: self._watched_fields())
    def _check_watch(self):
        self._raise_problem()

    def _raise_problem(self):
        """Refuse rules that cannot be used.

        :raises ValidationError: naming the rule, and what is wrong with it
        """
        for rule in self:
            if problem := rule._problem():
                raise ValidationError(
                    self.env._(
                        "The rule “%(rule)s” cannot be used: %(problem)s",
                        rule=rule.name,
                        problem=problem,
                    )
                )

    @api.model
    def _watched_fields(self):
        """Return the names of the fields that say what is watched; to be extended."""
        return ["watch", "threshold", "threshold_close"]

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends(lambda self: self._watched_fields())
    @api.depends_context("lang")
    def _compute_sentence(self):
        for rule in self:
            rule.sentence = not rule._problem() and rule._sentence()

    def _compute_open_alert_count(self):
        counts = count_by(
            self.env["supplier.alert"], "rule_id", self, [("state", "!=", "resolved")]
        )
        for rule in self:
            rule.open_alert_count = counts.get(rule, 0)

    # ------------------------------------------------------------
    # What a watch says
    # ------------------------------------------------------------

    def _see(self, companies, now, since=None):
        """Return what the rule sees by now, of all suppliers of these companies.

        :param companies: those of the rule, or all of them
        :param datetime now: as of when; before today: for a dry run
        :param datetime since: of what happens once: after which instant
        :rtype: list[Seen]
        """
        self.ensure_one()
        see = getattr(self, f"_see_{self.watch}")
        return self._scoped(see(companies, now, since))

    def _sentence(self):
        """Return what the rule does, in words of the reader."""
        self.ensure_one()
        return getattr(self, f"_sentence_{self.watch}")()

    def _seen_in_words(self, alert):
        """Return what an alert saw, in words; empty: its two values say it.

        :param alert: one of the rule's
        """
        say = getattr(self, f"_seen_in_words_{self.watch}", None)
        return say(alert) if say else ""

    def _problem(self):
        """Return why the rule cannot be used, in words, or False."""
        self.ensure_one()
        return getattr(self, f"_problem_{self.watch}")()

    def _limit(self, below=False, reaches=False):
        """Return from which value on it is an alert, and until when.

        :rtype: Limit
        """
        self.ensure_one()
        closes_at = None if self.threshold_close is False else self.threshold_close
        return Limit(self.threshold, below, closes_at, reaches)

    def _threshold_problem(self, below=False):
        """Return what is wrong with the two values, or False."""
        if self.threshold is False:
            return self.env._("it has no threshold. Enter one.")
        if self.threshold_close is False:
            return False
        sign = -1 if below else 1
        if sign * self.threshold_close > sign * self.threshold:
            return self.env._(
                "an alert would close where it opens. Enter a value to close at that "
                "is better than the threshold, or none."
            )
        return False

    def _lasts(self):
        """Whether its alerts tell of what happened once: they stay until resolved."""
        return False

    def _companies(self):
        """Return the companies that the rule watches."""
        self.ensure_one()
        everybody = self.env["res.company"].search([("active", "=", True)])
        return everybody.filtered(lambda one: one == (self.company_id or one))

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_open_alerts(self):
        """Open the alerts of the rule."""
        self.ensure_one()
        return self.env["supplier.alert"]._action_list([("rule_id", "=", self.id)])
