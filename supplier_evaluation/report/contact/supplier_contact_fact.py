from odoo import api, fields, models

from ...models.contact.supplier_contact import KINDS
from ...tools.optional_numbers import OptionalFloat
from .query import CONTACT, CONTACT_IDS, ContactQuery


class SupplierContactFact(models.Model):
    """One row per contact with a supplier; one for how many were planned."""

    _name = "supplier.contact.fact"
    _inherit = ["supplier.fact.mixin"]
    _description = "Contact Analysis"
    _auto = False
    _fact_query = ContactQuery
    # That somebody is to be called does not say that something was bought.
    _fact_enrols = False
    _depends = {
        "supplier.contact": [
            "active",
            "commercial_partner_id",
            "company_id",
            "create_date",
            "date",
            "duration",
            "kind",
            "subject",
            "supplier_exclusion",
            "supplier_exclusion_reason",
            "user_id",
        ],
        "supplier.tier": ["contact_days", "visit_days"],
        "res.partner": ["commercial_partner_id", "supplier_tier_id", "tz"],
        "res.company": ["partner_id"],
    }

    kind = fields.Selection(KINDS, string="Kind of Contact", readonly=True)
    user_id = fields.Many2one("res.users", string="Who of Us", readonly=True)
    duration = fields.Float(string="Duration (hours)", readonly=True)
    planned = OptionalFloat(
        string="Contacts Planned",
        readonly=True,
        digits=(16, 0),
        help="As many as fit in the period, whole, by the days of the tier's contact "
        "plan: those between two contacts or two meetings, whichever are fewer.",
    )
    held = OptionalFloat(
        string="Counts Toward the Plan",
        readonly=True,
        digits=(16, 0),
        help="1, or 0 where as many as planned were held before.",
    )

    @api.model
    def _fact_definition(self):
        return (
            self.env._(
                "Contacts of the contact log and business reviews that were held, and "
                "the contact plan of the supplier's tier."
            ),
            self.env._(
                "Archived contacts, those that were entered after the cut-off or that "
                "a manager left out, and contacts with suppliers whose tier has no "
                "plan for so short a period. Calls and mails, where the plan only asks "
                "to meet."
            ),
        )

    def action_leave_out(self):
        """Ask why these contacts shall not count."""
        contacts = CONTACT_IDS.split(self.ids)[CONTACT]
        return self.env["supplier.contact"].browse(contacts).action_leave_out()

    def _records_left_out(self):
        contacts = CONTACT_IDS.split(self.ids)[CONTACT]
        return {"supplier.contact": contacts} if contacts else {}
