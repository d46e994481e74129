from odoo import fields, models


class StockPicking(models.Model):
    """Whoever receives reads that less inspection is agreed: Odoo has none."""

    _inherit = "stock.picking"

    supplier_inspection_note = fields.Char(
        string="Inspection",
        compute="_compute_supplier_inspection_note",
        compute_sudo=True,
    )

    def _compute_supplier_inspection_note(self):
        rows = self.env["supplier.incentive"].search(
            [
                ("partner_id", "in", self.partner_id.commercial_partner_id.ids),
                ("kind", "=", "inspection"),
                ("state", "=", "applied"),
            ]
        )
        notes = {(one.partner_id, one.company_id): one.description for one in rows}
        for picking in self:
            key = picking.partner_id.commercial_partner_id, picking.company_id
            is_receipt = picking.picking_type_code == "incoming"
            picking.supplier_inspection_note = is_receipt and notes.get(key, False)
