from odoo import api, fields, models


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

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Add files to what may be changed only."""
        self.check_access("create")
        self._check_application({vals.get("application_id") for vals in vals_list})
        # A picture stays as it came, and is not opened here: see ``ir.attachment``.
        as_sent = self.with_context(image_no_postprocess=True)
        made = super(SupplierApplicationDocument, as_sent).create(vals_list)
        return made.with_env(self.env)

    def write(self, vals):
        """Change files of what may be changed only, and leave them there."""
        self.check_access("read")
        self._check_application({*self.application_id.ids, vals.get("application_id")})
        as_sent = self.with_context(image_no_postprocess=True)
        return super(SupplierApplicationDocument, as_sent).write(vals)

    def unlink(self):
        """Take files from what may be changed only."""
        self.check_access("read")
        self._check_application(self.application_id.ids)
        return super().unlink()

    @api.model
    def _check_application(self, ids):
        """Say what a rule refuses: see ``workflow.py``.

        The rule is there for whatever leads to the file besides these methods.
        """
        applications = self.env["supplier.application"].browse(filter(None, ids))
        applications._check_change()
