from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SupplierContract(models.Model):
    """A contract can be that of a blanket order: all its versions say which."""

    _inherit = "supplier.contract"

    requisition_id = fields.Many2one(
        "purchase.requisition",
        string="Blanket Order",
        readonly=True,
        copy=False,
        check_company=True,
        ondelete="restrict",
        index="btree_not_null",
        help="The purchase agreement of which this is the contract.",
    )

    _one_of_requisition = models.UniqueIndex(
        "(requisition_id) WHERE requisition_id IS NOT NULL AND version = 1 AND active",
        "This blanket order has a contract already.",
    )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {"requisition_id"}

    @api.constrains("partner_id", "company_id", "requisition_id")
    def _check_requisition(self):
        for contract in self.filtered("requisition_id"):
            blanket = contract.requisition_id.sudo()
            vendor = blanket.vendor_id.commercial_partner_id
            if contract.commercial_partner_id != vendor:
                raise ValidationError(
                    self.env._(
                        "%(contract)s is the contract of %(blanket)s, which is with "
                        "%(vendor)s: it keeps the supplier.",
                        contract=contract.display_name,
                        blanket=blanket.name,
                        vendor=vendor.display_name,
                    )
                )

    def action_open_requisition(self):
        """Open the blanket order."""
        self.ensure_one()
        return self.requisition_id.get_formview_action()

    def _revise(self):
        revision = super()._revise()
        if self.requisition_id:
            revision._write_guarded({"requisition_id": self.requisition_id.id})
        return revision
