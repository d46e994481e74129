from odoo import api, fields, models


class SupplierChangeMixin(models.AbstractModel):
    """A register of the moves of suppliers, of which each has one place in a company.

    A model made of this one names the place in ``_place``: it has fields
    ``<place>_from_id`` and ``<place>_to_id``, the vendor ``supplier_<place>_id``.
    """

    _name = "supplier.change.mixin"
    _inherit = ["supplier.register.mixin"]
    _description = "Register of Where Suppliers Stood"
    _rec_name = "partner_id"
    _check_company_auto = True
    _place = None

    partner_id = fields.Many2one(
        "res.partner",
        string="Supplier",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )

    @api.model
    def _explain_merge(self, partner):
        """Let the history of a merged vendor end where it stands now."""
        changes = self.sudo().search([("partner_id", "=", partner.id)])
        name_from, name_to = f"{self._place}_from_id", f"{self._place}_to_id"
        vals_list = []
        for company, past in changes.grouped("company_id").items():
            place = partner.with_company(company).sudo()[f"supplier_{self._place}_id"]
            if past[0][name_to] != place:
                vals_list.append(
                    {
                        "partner_id": partner.id,
                        "company_id": company.id,
                        name_from: past[0][name_to].id,
                        name_to: place.id,
                        "reason": self.env._("Kept when vendors were merged"),
                    }
                )
        self._append(vals_list)
