from odoo import fields, models

from ...tools.actions import open_records
from ...tools.counts import count_by
from ...tools.groups import USER_GROUP


class ResPartner(models.Model):
    _inherit = "res.partner"

    supplier_document_count = fields.Integer(
        compute="_compute_supplier_document_count",
        groups=USER_GROUP,
    )

    def _compute_supplier_document_count(self):
        counts = count_by(
            self.env["supplier.document"],
            "commercial_partner_id",
            self.commercial_partner_id,
        )
        for partner in self:
            partner.supplier_document_count = counts.get(
                partner.commercial_partner_id, 0
            )

    def action_open_supplier_documents(self):
        """Open the documents of the vendor, or of the company it belongs to."""
        self.ensure_one()
        return open_records(
            self.env,
            "supplier_evaluation.supplier_document_action",
            [("commercial_partner_id", "=", self.commercial_partner_id.id)],
            {"default_partner_id": self.commercial_partner_id.id},
        )
