from odoo import fields, models


class SupplierDeliveryTally(models.Model):
    """What past deliveries taught last: sums by all that a forecast compares.

    Written by night for a company as a whole, see ``learning.py``, so that whoever
    writes an order is told at once what is to be expected of it.
    """

    _name = "supplier.delivery.tally"
    _description = "Past Deliveries, Added Up"
    _order = "company_id, kind, id"
    _rec_name = "kind"

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    kind = fields.Selection(
        [
            ("all", "All Deliveries"),
            ("category", "Deliveries of a Category"),
            ("supplier", "Deliveries of a Supplier"),
            ("both", "Deliveries of a Supplier in a Category"),
            ("product", "Deliveries of a Product by a Supplier"),
        ],
        string="Deliveries Of",
        required=True,
        readonly=True,
    )
    partner_id = fields.Many2one(
        "res.partner", string="Supplier", readonly=True, ondelete="cascade", index=True
    )
    product_id = fields.Many2one(
        "product.product", readonly=True, ondelete="cascade", index=True
    )
    categ_id = fields.Many2one(
        "product.category",
        string="Product Category",
        readonly=True,
        ondelete="cascade",
    )
    tolerance = fields.Integer(
        string="Late Tolerance (days)",
        default=0,
        readonly=True,
        help="Late is what took longer than so many days after its promise.",
    )
    delivery_count = fields.Integer(string="Deliveries", readonly=True)
    late_count = fields.Integer(string="Late Ones", readonly=True)
    weight = fields.Float(readonly=True, help="What they weigh, each by its age.")
    late = fields.Float(string="Weight of Late Ones", readonly=True)
    days = fields.Float(string="Days Late, Weighted", readonly=True)
    square = fields.Float(string="Squared Days Late, Weighted", readonly=True)
    # Of all deliveries: how alike their groups are, and what was asked.
    strength_peers = fields.Float(string="Likeness of Categories", readonly=True)
    strength_supplier = fields.Float(string="Likeness of Suppliers", readonly=True)
    strength_product = fields.Float(string="Likeness of Products", readonly=True)
    strength_days = fields.Float(string="Likeness of Days Late", readonly=True)
    date_from = fields.Date(string="Deliveries Since", readonly=True)
    date_computed = fields.Datetime(string="Computed On", readonly=True)

    _company_partner_product_idx = models.Index("(company_id, partner_id, product_id)")
