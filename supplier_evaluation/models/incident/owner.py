from odoo import api, models

# What says who buys from the supplier.
SOURCES = {"partner_id", "order_id"}


class SupplierIncident(models.Model):
    """Somebody sees to every incident: who buys, who is there for it, who told it."""

    _inherit = "supplier.incident"

    @api.model_create_multi
    def create(self, vals_list):
        incidents = super().create(vals_list)
        incidents._find_owner()
        return incidents

    def write(self, vals):
        result = super().write(vals)
        if SOURCES & vals.keys():
            self._find_owner()
        return result

    def _find_owner(self):
        """Give an owner to those without one, where there is anybody.

        The buyer of the order comes first, then that of the supplier, then whom the
        company named for such cases, then whoever reported it.
        """
        for incident in self.filtered(lambda one: not one.user_id):
            # Who reports may not see all orders of the supplier.
            own = incident.sudo().with_company(incident.company_id)
            people = (
                own.order_id.user_id,
                own.partner_id.buyer_id,
                own.commercial_partner_id.buyer_id,
                own.company_id.supplier_incident_user_id,
                own.reporter_id,
            )
            owner = next((one for one in people if own._can_own(one)), None)
            if owner:
                incident.sudo().user_id = owner

    def _can_own(self, user):
        """Whether a user works in the company of the incident."""
        return user.active and not user.share and self.company_id in user.company_ids
