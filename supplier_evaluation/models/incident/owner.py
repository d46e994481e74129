from odoo import api, models
from odoo.exceptions import ValidationError

from ...tools.groups import USER_GROUP

# What says who buys from the supplier.
SOURCES = {"partner_id", "order_id"}


class SupplierIncident(models.Model):
    """Somebody sees to every incident: who buys, who is there for it, who told it."""

    _inherit = "supplier.incident"

    @api.constrains("user_id")
    def _check_owner(self):
        for user in self.sudo().user_id:
            if not user.has_group(USER_GROUP):
                raise ValidationError(
                    self.env._(
                        "%(user)s cannot see incidents, so cannot own one.",
                        user=user.name,
                    )
                )

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
                *own._buyers(),
                own.company_id.supplier_incident_user_id,
                own.reporter_id,
            )
            owner = next((one for one in people if own._can_own(one)), None)
            if owner:
                incident.sudo().user_id = owner

    def _can_own(self, user):
        """Whether a user sees incidents of the company of this one."""
        return self.company_id._shows_suppliers_to(user)

    def _buyers(self):
        """Return who may buy from the supplier, the nearest first; some are nobody."""
        return (
            self.order_id.user_id,
            self.partner_id.buyer_id,
            self.commercial_partner_id.buyer_id,
        )
