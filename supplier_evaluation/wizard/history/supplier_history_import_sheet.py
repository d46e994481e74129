from odoo import fields, models


class SupplierHistoryImportSheet(models.TransientModel):
    """A sheet that the file has, to choose from."""

    _name = "supplier.history.import.sheet"
    _description = "Sheet of a History File"
    _order = "id"

    wizard_id = fields.Many2one(
        comodel_name="supplier.history.import", required=True, ondelete="cascade"
    )
    name = fields.Char(required=True)
