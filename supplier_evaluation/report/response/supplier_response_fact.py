from odoo import api, fields, models

from ...tools.optional_numbers import OptionalFloat
from .query import NEEDS, ResponseQuery


class SupplierResponseFact(models.Model):
    """One row per exchange that we began with a supplier on an order or incident.

    From our first message after the supplier's last word to its next one. Notes among
    us, automatic mails and reminders are no questions. Silence at the cut-off is no
    answer; a confirmation in the portal is one, and so is a call that is logged as an
    answer. What is written on an incident counts
    when the incident does.
    """

    _name = "supplier.response.fact"
    _inherit = ["supplier.fact.mixin"]
    _description = "Correspondence Analysis"
    _auto = False
    _fact_query = ResponseQuery
    _fact_aspects = tuple(NEEDS)
    _depends = {
        "mail.alias.domain": ["name"],
        "mail.message": [
            "author_id",
            "create_uid",
            "date",
            "email_from",
            "is_internal",
            "message_type",
            "model",
            "partner_ids",
            "res_id",
            "subject",
            "subtype_id",
            "supplier_exclusion",
            "supplier_exclusion_reason",
        ],
        "mail.message.subtype": ["internal"],
        "mail.notification": [
            "mail_message_id",
            "notification_status",
            "res_partner_id",
        ],
        "purchase.order": [
            "acknowledged",
            "acknowledged_on_receipt",
            "company_id",
            "date_acknowledged",
            "invoice_ids",
            "name",
            "partner_id",
            "picking_ids",
            "state",
            "supplier_merged_into_id",
        ],
        "res.company": ["partner_id"],
        "res.partner": [
            "commercial_partner_id",
            "email",
            "email_normalized",
            "is_company",
            "tz",
        ],
        "res.users": ["partner_id", "share"],
        "supplier.contact": [
            "active",
            "commercial_partner_id",
            "create_date",
            "date",
            "date_answer_logged",
            "incident_id",
            "is_answer",
            "order_id",
            "person_id",
        ],
        "supplier.incident": [
            "commercial_partner_id",
            "company_id",
            "name",
            "order_id",
            "reporter_id",
            "responsibility",
            "state",
            "supplier_exclusion",
            "supplier_exclusion_reason",
        ],
    }

    date = fields.Date(string="Day Asked")
    order_id = fields.Many2one("purchase.order", readonly=True)
    incident_id = fields.Many2one("supplier.incident", readonly=True)
    author_id = fields.Many2one("res.partner", string="Asked By", readonly=True)
    asked = fields.Datetime(readonly=True)
    answered = fields.Datetime(readonly=True)
    response_hours = OptionalFloat(
        string="Hours to Answer", readonly=True, aggregator="avg"
    )
    in_time = OptionalFloat(
        string="Answered in Time",
        readonly=True,
        aggregator="avg",
        help="1 when answered within the hours that the template gives, 48 by default.",
    )

    @api.model
    def _fact_definition(self):
        return (
            self.env._(
                "Messages on purchase orders and on incidents that an employee wrote "
                "to the supplier or one of its contacts, and the first answer: a "
                "message there, or on a receipt, bill or incident of the order, from "
                "one of them or from an address with the supplier's own mail domain; "
                "or a call, visit, meeting or mail in the contact log that says that "
                "the supplier answered, and had been logged by the cut-off; on orders "
                "also that the supplier confirms it or moves a date in the portal."
            ),
            self.env._(
                "Notes among employees, automatic mails, and messages that did not go "
                "to the supplier. Questions that a manager left out. A reminder before "
                "the answer belongs to the first message. Messages on incidents that "
                "were cancelled, left out, or not the supplier's responsibility. What "
                "was not answered in time, where somebody unknown wrote or the order "
                "was confirmed at an unknown time."
            ),
        )

    def action_leave_out(self):
        """Ask why these questions shall not count."""
        return self.env["mail.message"].browse(self.ids).action_leave_out()

    def _records_left_out(self):
        """The question, or its incident where that is what is left out."""
        by_incident = self.filtered(lambda one: one.incident_id.supplier_exclusion)
        questions = self - by_incident
        left_out = {
            "mail.message": questions.ids,
            "supplier.incident": by_incident.incident_id.ids,
        }
        return {model: ids for model, ids in left_out.items() if ids}
