from odoo import fields, models


class SupplierDocumentRejectWizard(models.TransientModel):
    _name = "supplier.document.reject.wizard"
    _description = "Reject Supplier Documents"

    document_ids = fields.Many2many(
        "supplier.document", string="Documents", required=True
    )
    reason = fields.Char(string="Why", required=True)

    def action_apply(self):
        """Reject the documents with the reason."""
        self.ensure_one()
        self.document_ids._reject(self.reason)
        return {"type": "ir.actions.act_window_close"}
