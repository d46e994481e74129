from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SupplierIncident(models.Model):
    """A complaint of a customer: about which line of which sales order."""

    _inherit = "supplier.incident"

    sale_id = fields.Many2one(
        "sale.order",
        string="Customer Order",
        compute="_compute_sale_id",
        store=True,
        readonly=False,
        check_company=True,
        ondelete="set null",
        index="btree_not_null",
        help="The sales order about which the customer complains.",
    )
    sale_line_id = fields.Many2one(
        "sale.order.line",
        string="Customer Order Line",
        check_company=True,
        ondelete="set null",
        index="btree_not_null",
    )

    @api.depends("sale_line_id")
    def _compute_sale_id(self):
        for incident in self:
            incident.sale_id = incident.sale_line_id.order_id or incident.sale_id

    @api.constrains("sale_id", "sale_line_id")
    def _check_sale(self):
        # Who reports may not see all sales orders.
        for incident in self.sudo():
            line = incident.sale_line_id
            if line and line.order_id != incident.sale_id:
                raise ValidationError(
                    self.env._(
                        "Incident %(incident)s: the sales order line belongs to "
                        "%(other)s and not to %(order)s. Choose a line of the order.",
                        incident=incident.display_name,
                        other=line.order_id.name,
                        order=incident.sale_id.name or self.env._("no order"),
                    )
                )

    @api.onchange("sale_id")
    def _onchange_sale_id(self):
        """Drop the line of another order, and take the customer of this one."""
        if self.sale_line_id.order_id != self.sale_id:
            self.sale_line_id = False
        if self.sale_id:
            self.customer_id = self.sale_id.partner_id
