from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date

from ...tools.numbers import apart, number
from ...tools.optional_numbers import OptionalFloat
from .supplier_alert_rule import SEVERITIES

# What Odoo's chatter, activities and log keep for themselves.
_FREE = {"id", "create_uid", "create_date", "write_uid", "write_date"}


class SupplierAlert(models.Model):
    """Something that a rule saw of a supplier, until it is over or somebody saw to it.

    There is one that is not resolved for each rule and subject. All of it is written by
    the methods of its rooms; what is resolved stays as it was.
    """

    _name = "supplier.alert"
    _inherit = [
        "mail.thread",
        "mail.activity.mixin",
        "supplier.empty.help.mixin",
        "supplier.guard.mixin",
    ]
    _description = "Supplier Alert"
    _order = "date_opened desc, id desc"
    # Its name is made of theirs.
    _rec_names_search = ["rule_id", "partner_id"]
    _check_company_auto = True

    rule_id = fields.Many2one(
        "supplier.alert.rule", required=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Supplier",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The company that answers for it. Empty: it is about no supplier.",
    )
    res_model = fields.Char(string="Model of the Records", readonly=True)
    res_id = fields.Many2oneReference(
        string="Record", model_field="res_model", readonly=True
    )
    severity = fields.Selection(SEVERITIES, required=True, readonly=True)
    state = fields.Selection(
        [
            ("open", "Open"),
            ("acknowledged", "Acknowledged"),
            ("snoozed", "Snoozed"),
            ("resolved", "Resolved"),
        ],
        string="Status",
        required=True,
        readonly=True,
        default="open",
        index=True,
    )
    date_opened = fields.Datetime(
        string="Opened", required=True, readonly=True, default=fields.Datetime.now
    )

    # What it saw, and still sees
    value = OptionalFloat(readonly=True, aggregator=None, help="As it was last seen.")
    threshold = OptionalFloat(readonly=True, aggregator=None)
    seen_text = fields.Char(string="What Was Seen", readonly=True)
    provisional = fields.Boolean(
        readonly=True,
        help="It rests on too few records: somebody looks at it, and nothing else "
        "follows.",
    )
    record_ids = fields.Json(string="Identifiers of the Records", readonly=True)
    record_count = fields.Integer(string="Records", readonly=True, aggregator=None)
    date_seen = fields.Datetime(string="Last Seen", readonly=True)

    # Who sees to it
    user_id = fields.Many2one(
        "res.users", string="Owner", readonly=True, index="btree_not_null"
    )
    told_user_ids = fields.Many2many(
        "res.users", string="Told", readonly=True, copy=False
    )
    date_acknowledged = fields.Datetime(string="Acknowledged", readonly=True)
    acknowledged_uid = fields.Many2one(
        "res.users", string="Acknowledged By", readonly=True
    )
    date_snoozed = fields.Datetime(string="Snoozed Until", readonly=True)
    date_escalated = fields.Datetime(string="Escalated", readonly=True)
    date_resolved = fields.Datetime(string="Resolved", readonly=True)
    resolved_uid = fields.Many2one("res.users", string="Resolved By", readonly=True)
    resolution = fields.Selection(
        [("itself", "By Itself"), ("hand", "By Hand")], readonly=True
    )
    resolve_reason = fields.Char(string="Why It Is Resolved", readonly=True)
    # Until then the same records open no other one.
    has_passed = fields.Boolean(string="Not Seen Any More", readonly=True, copy=False)

    corrective_action_ids = fields.One2many(
        "supplier.corrective.action", "alert_id", string="Corrective Actions"
    )

    # How long people took
    answer_hours = OptionalFloat(
        string="Hours for the Answer", readonly=True, aggregator=None
    )
    date_answer_due = fields.Datetime(string="Answer Due", readonly=True)
    hours_to_answer = OptionalFloat(
        readonly=True,
        aggregator="avg",
        help="From its opening until somebody acknowledged, snoozed or resolved it. "
        "Empty: nobody did.",
    )
    is_answer_late = fields.Boolean(compute="_compute_answer")
    answer_text = fields.Char(string="Answer", compute="_compute_answer")
    headline = fields.Char(compute="_compute_headline")
    todo = fields.Text(related="rule_id.description", string="What to Do")
    is_mine = fields.Boolean(compute="_compute_is_mine")

    # A company or a partner of 0 is none: NULLs would differ from each other.
    _subject_uniq = models.UniqueIndex(
        "(rule_id, company_id, COALESCE(partner_id, 0), COALESCE(res_id, 0))"
        " WHERE state != 'resolved'",
        "There is an alert of this rule about the same subject already.",
    )

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("rule_id.name", "partner_id.display_name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for alert in self:
            rule = alert.sudo().rule_id.name or ""
            supplier = alert.sudo().partner_id.display_name
            if supplier:
                rule = self.env._("%(rule)s: %(text)s", rule=rule, text=supplier)
            alert.display_name = rule

    @api.depends("seen_text", "value", "threshold", "date_opened")
    @api.depends_context("lang", "tz")
    def _compute_headline(self):
        for alert in self:
            since = format_date(self.env, alert._day(alert.date_opened))
            alert.headline = self.env._(
                "%(seen)s, since %(date)s", seen=alert._seen_sentence(), date=since
            )

    def _seen_sentence(self):
        """Return what was seen, in the reader's words where it is a number."""
        self.ensure_one()
        if self.seen_text:
            return self.seen_text
        rule = self.sudo().rule_id
        if words := rule._seen_in_words(self):
            return words
        if self.value is False or self.threshold is False:
            return rule.name or ""
        value, threshold = apart(self.env, self.value, self.threshold)
        values = {"value": value, "threshold": threshold}
        if self.value < self.threshold:
            return self.env._("%(value)s is below %(threshold)s", **values)
        if self.value > self.threshold:
            return self.env._("%(value)s is above %(threshold)s", **values)
        return self.env._("%(value)s is at the threshold", **values)

    def _day(self, moment):
        """Return the day of an instant where the reader is."""
        return fields.Datetime.context_timestamp(self, moment or self.env.cr.now())

    @api.depends("hours_to_answer", "answer_hours", "date_answer_due", "state")
    @api.depends_context("lang")
    def _compute_answer(self):
        now = fields.Datetime.now()
        for alert in self:
            took, target = alert.hours_to_answer, alert.answer_hours
            is_waiting = took is False and alert.state == "open"
            if is_waiting and alert.date_opened:
                took = (now - alert.date_opened) / timedelta(hours=1)
            alert.is_answer_late = (
                took is not False and target is not False and took > target
            )
            alert.answer_text = alert._answer_sentence(took, target, is_waiting)

    def _answer_sentence(self, took, target, is_waiting):
        """Return how long it took somebody to answer, against the target."""
        if took is False:
            return ""
        values = {"hours": number(self.env, took, 1)}
        if target is False:
            if is_waiting:
                return self.env._("waits %(hours)s h", **values)
            return self.env._("answered in %(hours)s h", **values)
        values["target"] = number(self.env, target)
        if is_waiting:
            return self.env._("waits %(hours)s h, target %(target)s h", **values)
        return self.env._("answered in %(hours)s h, target %(target)s h", **values)

    @api.depends("user_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for alert in self:
            alert.is_mine = alert.user_id == self.env.user

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model
    def _guarded_fields(self):
        """All that it says of itself: what is seen is not written by hand."""
        own = {
            name
            for name, field in self._fields.items()
            if field.store and not name.startswith(("message_", "activity_"))
        }
        return super()._guarded_fields() | (own - _FREE)
