from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SupplierHistoryImportLine(models.TransientModel):
    """Which column of the file becomes which value of a history line."""

    _name = "supplier.history.import.line"
    _description = "Column of a History Import"
    _order = "id"

    wizard_id = fields.Many2one(
        comodel_name="supplier.history.import", required=True, ondelete="cascade"
    )
    target = fields.Selection(
        selection=[
            ("supplier", "Supplier (Reference, VAT or Name)"),
            ("supplier_ref", "Supplier Reference"),
            ("supplier_vat", "Supplier VAT Number"),
            ("supplier_name", "Supplier Name"),
            ("order_ref", "Order"),
            ("line_ref", "Order Line"),
            ("receipt_ref", "Receipt"),
            ("product", "Product"),
            ("category", "Product Category"),
            ("uom", "Unit"),
            ("quantity_ordered", "Ordered Quantity"),
            ("price_unit", "Unit Price"),
            ("price_per", "Price for How Many"),
            ("currency", "Currency"),
            ("date_order", "Order Date"),
            ("date_promised", "Promised Date"),
            ("date_received", "Receipt Date"),
            ("quantity_received", "Received Quantity"),
            ("quantity_returned", "Returned Quantity"),
            ("date_returned", "Return Date"),
            ("status", "Status"),
        ],
        string="Value",
        required=True,
        readonly=True,
    )
    is_required = fields.Boolean(string="Obligatory", readonly=True)
    column_id = fields.Many2one(
        comodel_name="supplier.history.import.column",
        string="Column of the File",
        domain="[('wizard_id', '=', wizard_id)]",
        ondelete="set null",
    )
    # As the user, who reads no column of somebody else's file.
    sample = fields.Char(
        related="column_id.sample", related_sudo=False, string="Example"
    )

    @api.constrains("column_id", "wizard_id")
    def _check_column(self):
        """A name is shown to whoever refers to it, whether they may read it or not."""
        for line in self:
            column = line.column_id.sudo()
            if column and column.wizard_id != line.wizard_id:
                raise ValidationError(
                    self.env._("Choose a column of the file that is imported.")
                )

    @api.model
    def _target_labels(self):
        """What users call the targets, in their language."""
        return dict(self._fields["target"]._description_selection(self.env))
