from odoo import models
from odoo.exceptions import UserError

from ...tools.actions import open_dialog
from ...tools.groups import MANAGER_GROUP


class ResPartner(models.Model):
    """Who buys from a vendor. Odoo has one buyer for each, whatever the company."""

    _inherit = "res.partner"

    def action_ask_supplier_buyer(self):
        """Ask who buys from these vendors from now on."""
        partners = self.commercial_partner_id
        return open_dialog(
            "supplier.buyer.wizard",
            self.env._("Assign a Buyer"),
            {"partner_ids": partners.ids},
        )

    def _set_supplier_buyer(self, user):
        """Set the buyer of vendors.

        Managers of supplier evaluations may, and whoever may change the vendors.

        :param user: ``res.users``; empty: nobody
        :raises UserError: the person sees no suppliers of the company
        """
        self.check_access("read")
        company = self.env.company
        if user and not company._shows_suppliers_to(user):
            raise UserError(
                self.env._(
                    "%(user)s does not see the suppliers of %(company)s. Give the "
                    "access “Supplier Evaluation: User” and the company in the "
                    "settings of the user, or choose somebody else.",
                    user=user.sudo().name,
                    company=company.name,
                )
            )
        vendors = self.commercial_partner_id
        if self.env.user.has_group(MANAGER_GROUP):
            vendors = vendors.sudo()
        vendors.write({"buyer_id": user.id})
