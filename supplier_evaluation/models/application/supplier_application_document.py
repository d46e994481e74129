from odoo import fields, models


class SupplierApplicationDocument(models.Model):
    """A file that came with an application.

    It is stored with the application and shown to those who see that; once accepted,
    it becomes a document of the supplier that waits for its verification.
    """

    _name = "supplier.application.document"
    _inherit = ["supplier.guard.mixin"]
    _description = "Document of a Supplier Application"
    _order = "id"

    application_id = fields.Many2one(
        "supplier.application", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        related="application_id.company_id", store=True, index=True
    )
    type_id = fields.Many2one(
        "supplier.document.type",
        required=True,
        ondelete="restrict",
    )
    number = fields.Char(help="As printed on the document.")
    date_to = fields.Date(
        string="Valid Until", help="Last day of its validity, included."
    )
    file = fields.Binary(attachment=True, required=True)
    filename = fields.Char(string="File Name")
