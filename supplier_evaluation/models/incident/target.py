from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.optional_numbers import OptionalFloat

#: Within how many hours the supplier is to answer.
ANSWER_TARGET_HOURS = {"minor": 48, "major": 24, "critical": 4}


class SupplierIncident(models.Model):
    """How long it took until we took it up, the supplier answered, and it was over."""

    _name = "supplier.incident"
    _inherit = ["supplier.incident", "supplier.optional.numbers.mixin"]

    date_taken_up = fields.Datetime(
        string="Taken Up",
        readonly=True,
        copy=False,
        help="When somebody of ours first took it up.",
    )
    hours_to_take_up = OptionalFloat(
        string="Hours Until Taken Up",
        compute="_compute_hours",
        store=True,
        aggregator="avg",
    )
    hours_to_answer = OptionalFloat(
        string="Hours to First Answer",
        compute="_compute_hours",
        store=True,
        aggregator="avg",
        help="Until the supplier first answered.",
    )
    hours_to_resolve = OptionalFloat(
        compute="_compute_hours", store=True, aggregator="avg"
    )
    is_answer_late = fields.Boolean(
        string="Answer Late",
        compute="_compute_is_late",
        search="_search_is_answer_late",
        help="The supplier did not answer within 4 hours (critical), 24 (major) or 48 "
        "(minor).",
    )
    is_resolution_late = fields.Boolean(
        string="Resolved Late",
        compute="_compute_is_late",
        help="It was not resolved by its due day.",
    )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {"date_taken_up"}

    @api.depends("date_opened", "date_taken_up", "date_first_answer", "date_resolved")
    def _compute_hours(self):
        for incident in self:
            incident.hours_to_take_up = incident._hours_until("date_taken_up")
            incident.hours_to_answer = incident._hours_until("date_first_answer")
            incident.hours_to_resolve = incident._hours_until("date_resolved")

    def _hours_until(self, name):
        """Return the hours from the opening until a date, or False without one.

        What was taken up before it is said to be opened took no time.
        """
        if not (self[name] and self.date_opened):
            return False
        return max((self[name] - self.date_opened) / timedelta(hours=1), 0)

    @api.depends(
        "date_opened",
        "date_first_answer",
        "date_resolved",
        "date_due",
        "partner_id",
        "severity",
        "state",
    )
    def _compute_is_late(self):
        """What is open is measured until now; what was cancelled is never late.

        Nobody answers late where nobody knows yet who the supplier is.
        """
        now = fields.Datetime.now()
        for incident in self:
            counts = incident.state != "cancelled" and incident.date_opened
            end = incident.date_resolved or now
            answered = incident.date_first_answer or end
            hours = ANSWER_TARGET_HOURS.get(incident.severity, 0)
            incident.is_answer_late = bool(
                counts
                and incident.partner_id
                and answered > incident.date_opened + timedelta(hours=hours)
            )
            company = incident.company_id or self.env.company
            incident.is_resolution_late = bool(
                counts
                and incident.date_due
                and company._supplier_day(end) > incident.date_due
            )

    @api.model
    def _search_is_answer_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        now = fields.Datetime.now()
        counts = Domain([("state", "!=", "cancelled"), ("partner_id", "!=", False)])
        late = counts & Domain.OR(
            Domain("severity", "=", severity) & self._domain_of_late_answer(hours, now)
            for severity, hours in ANSWER_TARGET_HOURS.items()
        )
        return ~late if False in value else late

    @api.model
    def _domain_of_late_answer(self, hours, now):
        """Return what was answered later, or over later, or is open for longer."""
        silent = Domain("date_first_answer", "=", False)
        is_open = Domain("date_resolved", "=", False)
        opened_before = Domain("date_opened", "<", now - timedelta(hours=hours))
        return (
            Domain("hours_to_answer", ">", hours)
            | (silent & Domain("hours_to_resolve", ">", hours))
            | (silent & is_open & opened_before)
        )

    def write(self, vals):
        taken_up = self.browse()
        if vals.get("state", "new") not in ("new", "cancelled"):
            taken_up = self.filtered(
                lambda one: one.state == "new" and not one.date_taken_up
            )
        result = super().write(vals)
        if taken_up:
            taken_up._write_guarded({"date_taken_up": fields.Datetime.now()})
        return result
