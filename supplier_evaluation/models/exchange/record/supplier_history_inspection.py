from odoo import api, fields, models

from ....tools.empty_list import help_for


class SupplierHistoryInspection(models.Model):
    """A check of goods that another system has.

    A KPI can be made of them: what was found bad, of what was checked.
    """

    _name = "supplier.history.inspection"
    _inherit = ["supplier.guard.mixin", "supplier.subject.mixin"]
    _description = "Imported Inspection"
    _order = "date desc, id desc"
    _check_company_auto = True

    name = fields.Char(string="Number", required=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    date = fields.Date(required=True, index=True)
    order_ref = fields.Char(string="Order")
    product_id = fields.Many2one(
        "product.product", check_company=True, ondelete="set null"
    )
    product_name = fields.Char(
        string="Product There", help="The product as the other system names it."
    )
    quantity_inspected = fields.Float(string="Inspected", required=True)
    quantity_rejected = fields.Float(string="Found Bad", required=True)
    result = fields.Selection(
        [
            ("accepted", "Accepted"),
            ("conditional", "Accepted with Conditions"),
            ("rejected", "Rejected"),
        ],
        required=True,
    )
    description = fields.Text(string="What Was Found")
    source = fields.Char(readonly=True, copy=False, help="Where it comes from.")

    _number_uniq = models.Constraint(
        "UNIQUE (company_id, commercial_partner_id, name)",
        "There is an inspection of this supplier with this number already. Open that "
        "one.",
    )
    _quantities_fit = models.Constraint(
        "CHECK (quantity_rejected >= 0 AND quantity_rejected <= quantity_inspected)",
        "What was found bad is from 0 to what was inspected: correct one of the two "
        "quantities.",
    )

    @api.model
    @api.readonly
    def get_empty_list_help(self, help_message):
        return help_for(self.env, super().get_empty_list_help(help_message))
