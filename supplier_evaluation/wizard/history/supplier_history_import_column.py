from odoo import fields, models


class SupplierHistoryImportColumn(models.TransientModel):
    """A column that the file has, to choose from."""

    _name = "supplier.history.import.column"
    _description = "Column of a History File"
    _order = "id"

    wizard_id = fields.Many2one(
        comodel_name="supplier.history.import", required=True, ondelete="cascade"
    )
    name = fields.Char(string="Header", required=True)
    sample = fields.Char(string="Example")
