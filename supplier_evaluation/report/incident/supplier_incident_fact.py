from odoo import api, fields, models

from ...tools.optional_numbers import OptionalFloat
from .query import IncidentQuery


class SupplierIncidentFact(models.Model):
    """One row per incident with a supplier; its identifier is the incident's.

    An incident counts on the day on which it was opened.
    """

    _name = "supplier.incident.fact"
    _inherit = ["supplier.fact.mixin"]
    _description = "Incident Analysis"
    _auto = False
    _fact_query = IncidentQuery
    _depends = {
        "supplier.incident": [
            "commercial_partner_id",
            "company_id",
            "cost",
            "date_opened",
            "date_resolved",
            "incident_type",
            "name",
            "product_id",
            "quantity",
            "reporter_id",
            "responsibility",
            "severity",
            "state",
            "supplier_exclusion",
            "supplier_exclusion_reason",
            "title",
        ],
        "product.product": ["product_tmpl_id"],
        "product.template": ["categ_id"],
        "res.partner": ["tz"],
        "res.company": ["currency_id", "partner_id"],
    }

    date = fields.Date(string="Opened")
    title = fields.Char(readonly=True)
    incident_type = fields.Selection(
        selection=lambda self: self._selection_of("incident_type"),
        string="Type",
        readonly=True,
    )
    severity = fields.Selection(
        selection=lambda self: self._selection_of("severity"), readonly=True
    )
    responsibility = fields.Selection(
        selection=lambda self: self._selection_of("responsibility"), readonly=True
    )
    is_resolved = OptionalFloat(
        string="Resolved",
        readonly=True,
        aggregator="avg",
        help="1 when it was resolved by the cut-off, else 0.",
    )
    hours_open = OptionalFloat(
        string="Hours to Resolve",
        readonly=True,
        aggregator="avg",
        help="From the opening to the resolution; what is open ages to the cut-off.",
    )
    quantity = OptionalFloat(
        string="Affected Quantity",
        readonly=True,
        digits="Product Unit",
        help="In the product's own unit of measure.",
        aggregator=None,
    )
    currency_id = fields.Many2one("res.currency", readonly=True)
    cost = fields.Monetary(readonly=True)

    @api.model
    def _fact_definition(self):
        return (
            self.env._(
                "Incidents of all types with the supplier, their opening and their "
                "resolution."
            ),
            self.env._(
                "Cancelled incidents, incidents for which we, a carrier or force "
                "majeure are responsible, incidents without a supplier, and incidents "
                "that a manager left out with a reason. Until the responsibility is "
                "decided, an incident counts."
            ),
        )

    def _selection_of(self, fname):
        """The choices of the incident, those of other add-ons too."""
        field = self.env["supplier.incident"]._fields[fname]
        return field._description_selection(self.env)

    def action_leave_out(self):
        """Ask why these incidents shall not count."""
        return self.env["supplier.incident"].browse(self.ids).action_leave_out()

    def _records_left_out(self):
        return {"supplier.incident": self.ids}
