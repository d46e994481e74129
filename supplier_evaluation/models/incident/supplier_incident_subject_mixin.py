from odoo import fields, models

from ...tools.counts import count_by
from ...tools.groups import USER_GROUP


class SupplierIncidentSubjectMixin(models.AbstractModel):
    """A document about which incidents are reported."""

    _name = "supplier.incident.subject.mixin"
    _description = "Document That Incidents Are About"

    # The field of an incident that names such a document.
    _supplier_incident_field = None

    supplier_incident_count = fields.Integer(
        string="Incidents",
        compute="_compute_supplier_incident_count",
        groups=USER_GROUP,
    )

    def _compute_supplier_incident_count(self):
        counts = count_by(
            self.env["supplier.incident"], self._supplier_incident_field, self
        )
        for document in self:
            document.supplier_incident_count = counts.get(document, 0)

    def action_report_supplier_incident(self):
        """Open a new incident about the document."""
        self.ensure_one()
        return self.env["supplier.incident"]._action_report(
            **self._supplier_incident_defaults()
        )

    def action_open_supplier_incidents(self):
        """Open the incidents of the document."""
        self.ensure_one()
        return self.env["supplier.incident"]._action_list(
            [(self._supplier_incident_field, "=", self.id)],
            **self._supplier_incident_defaults(),
        )

    def _supplier_incident_defaults(self):
        """Return the values of a new incident about the document."""
        self.ensure_one()
        return {
            "company_id": self.company_id.id,
            self._supplier_incident_field: self.id,
        }
