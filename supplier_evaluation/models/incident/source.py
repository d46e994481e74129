from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import float_compare
from odoo.tools.misc import formatLang

from ...tools.actions import open_form, open_records

DOCUMENTS = {"order_id", "purchase_line_id", "picking_id"}
SOURCE_FIELDS = DOCUMENTS | {"partner_id", "product_id"}


def _is_receipt(move):
    """Whether goods came by the move, and not back or out again."""
    return (
        move.state == "done"
        and not (move._returns_goods() or move._brings_nothing())
        and move.location_dest_id.usage != "supplier"
    )


def moved_of(move):
    """What was moved, in the product's own unit."""
    unit = move.product_id.uom_id
    return move.product_uom._compute_quantity(move.quantity, unit, round=False)


class SupplierIncident(models.Model):
    """What an incident is about: product, order line, receipt and quantity."""

    _inherit = "supplier.incident"

    order_id = fields.Many2one(
        comodel_name="purchase.order",
        string="Purchase Order",
        compute="_compute_order_id",
        store=True,
        readonly=False,
        check_company=True,
        ondelete="set null",
        index="btree_not_null",
    )
    purchase_line_id = fields.Many2one(
        comodel_name="purchase.order.line",
        string="Order Line",
        compute="_compute_purchase_line_id",
        store=True,
        readonly=False,
        check_company=True,
        ondelete="set null",
        index="btree_not_null",
    )
    picking_id = fields.Many2one(
        comodel_name="stock.picking",
        string="Receipt",
        compute="_compute_picking_id",
        store=True,
        readonly=False,
        check_company=True,
        ondelete="set null",
        index="btree_not_null",
    )
    product_id = fields.Many2one(
        comodel_name="product.product",
        compute="_compute_product_id",
        store=True,
        readonly=False,
        check_company=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    possible_product_ids = fields.Many2many(
        comodel_name="product.product",
        compute="_compute_possible_product_ids",
        compute_sudo=True,
        help="Products to choose from: those of the line, receipt or order, or else "
        "what the supplier delivers. None: any product.",
    )
    uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    quantity = fields.Float(
        string="Affected Quantity",
        digits="Product Unit",
        copy=False,
        tracking=True,
        help="In the product's own unit of measure.",
        aggregator=None,
    )
    move_id = fields.Many2one(
        comodel_name="stock.move",
        string="Receipt Move",
        compute="_compute_move_id",
        store=True,
        ondelete="set null",
        index="btree_not_null",
        help="The received goods to which the affected quantity is attributed.",
    )

    _quantity_not_negative = models.Constraint(
        "CHECK (quantity >= 0)",
        "The affected quantity of an incident cannot be negative: enter what is "
        "affected as a positive number.",
    )

    def _check_sources(self):
        """Refuse documents that do not fit each other.

        They depend on each other, so this is no ``constrains``, which would look
        when one of them is computed and the next is not yet.
        """
        # Who reports may not see all orders of the supplier.
        for incident in self.sudo():
            problem = incident._source_problem()
            if problem:
                raise ValidationError(
                    self.env._(
                        "Incident %(incident)s: %(problem)s",
                        incident=incident.display_name,
                        problem=problem,
                    )
                )

    @api.constrains("quantity", "move_id", "incident_type")
    def _check_quantity(self):
        for incident in self.sudo():
            if incident._is_more_than_received():
                raise ValidationError(
                    self.env._(
                        "Incident %(incident)s: %(quantity)s %(unit)s of %(product)s "
                        "cannot be affected, because %(receipt)s brought %(received)s. "
                        "Lower the quantity, or choose another receipt.",
                        incident=incident.display_name,
                        quantity=incident._format_quantity(incident.quantity),
                        unit=incident.uom_id.name,
                        product=incident.product_id.display_name,
                        receipt=incident.move_id.reference,
                        received=incident._format_quantity(moved_of(incident.move_id)),
                    )
                )

    def _is_more_than_received(self):
        """What did not come cannot be defective; it can be missing."""
        if not self.move_id or self.incident_type == "delivery":
            return False
        rounding = self.uom_id.rounding
        received = moved_of(self.move_id)
        return float_compare(self.quantity, received, precision_rounding=rounding) > 0

    def _format_quantity(self, quantity):
        return formatLang(self.env, quantity, dp="Product Unit")

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("commercial_partner_id")
    def _compute_picking_id(self):
        for incident in self:
            picking = incident.picking_id
            own = picking._incident_supplier().commercial_partner_id
            incident.picking_id = (
                picking if own == incident.commercial_partner_id else False
            )

    @api.depends("commercial_partner_id")
    def _compute_purchase_line_id(self):
        for incident in self:
            line = incident.purchase_line_id
            own = line.order_id.partner_id.commercial_partner_id
            incident.purchase_line_id = (
                line if own == incident.commercial_partner_id else False
            )

    @api.depends("commercial_partner_id", "purchase_line_id", "picking_id")
    def _compute_order_id(self):
        for incident in self:
            order = incident.order_id
            if order.partner_id.commercial_partner_id != incident.commercial_partner_id:
                order = order.browse()
            received = incident.picking_id._incident_orders()
            if received and order not in received:
                order = received[0]
            incident.order_id = incident.purchase_line_id.order_id or order

    @api.depends("purchase_line_id", "picking_id", "order_id", "commercial_partner_id")
    def _compute_possible_product_ids(self):
        for incident in self:
            products = incident._possible_products()
            if not products:
                products = incident._supplied_products()
            incident.possible_product_ids = products

    @api.depends("purchase_line_id", "picking_id", "order_id")
    def _compute_product_id(self):
        for incident in self:
            products = incident._possible_products()
            product = incident.product_id
            if products and product not in products:
                product = incident.purchase_line_id.product_id
                if not product or product not in products:
                    product = products if len(products) == 1 else product.browse()
            incident.product_id = product

    # The state of the receipt is left to ``stock.move``: it changes with every move of
    # the warehouse, and the ORM would search incidents each time.
    @api.depends(
        "picking_id",
        "product_id",
        "purchase_line_id",
        "order_id",
        "date_opened",
    )
    def _compute_move_id(self):
        for incident in self:
            incident.move_id = (
                incident._move_in_receipt() or incident._last_move_of_line()
            )

    @api.onchange("order_id")
    def _onchange_order_id(self):
        """Drop the line and the receipt of another order, and take the only ones."""
        order = self.order_id
        if self.purchase_line_id.order_id != order:
            self.purchase_line_id = order._only_incident_line()
        orders = self.picking_id._incident_orders()
        if order and orders and order not in orders:
            self.picking_id = False
        if not self.picking_id:
            self.picking_id = order._only_incident_receipt()

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        incidents = super().create(vals_list)
        incidents._check_sources()
        return incidents

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & SOURCE_FIELDS:
            self._check_sources()
        return result

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    @api.model
    def _action_report(self, **defaults):
        """Open the form of a new incident.

        :param defaults: values of fields
        """
        return open_form(self._name, self.env._("Report Incident"), defaults)

    @api.model
    def _action_list(self, domain, **defaults):
        """Open the incidents of a domain.

        :param defaults: values of fields of incidents that are created there
        """
        return open_records(
            self.env,
            "supplier_evaluation.supplier_incident_action",
            domain,
            {f"default_{name}": value for name, value in defaults.items()},
        )

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _possible_products(self):
        """Return the products of the order line, receipt or order, none: any product.

        Of a kit, both the kit and its components.
        """
        line, picking = self.purchase_line_id, self.picking_id
        if line or not picking:
            lines = line or self.order_id.order_line
            return lines.product_id | lines.move_ids.product_id
        return picking.move_ids.product_id

    def _supplied_products(self):
        """Return what the supplier was ordered, delivered or is listed for."""
        vendor = self.commercial_partner_id
        products = self.env["product.product"]
        if not vendor:
            return products
        ordered = self.env["purchase.order.line"]._read_group(
            [
                ("partner_id", "child_of", vendor.ids),
                ("product_id", "!=", False),
                ("state", "!=", "cancel"),
            ],
            ["product_id"],
        )
        imported = self.env["supplier.history.line"]._read_group(
            [("commercial_partner_id", "=", vendor.id), ("product_id", "!=", False)],
            ["product_id"],
        )
        for [product] in ordered + imported:
            products |= product
        if products:
            return products
        return products.search([("seller_ids.partner_id", "child_of", vendor.ids)])

    def _move_in_receipt(self):
        """Return the move with the product in the chosen receipt, when it is done.

        Several lines may bring the same product: the one of the order line, else the
        largest.
        """
        line = self.purchase_line_id
        moves = self.picking_id.move_ids.filtered(
            lambda move: _is_receipt(move) and move.product_id == self.product_id
        )
        return moves.sorted(
            lambda move: (
                bool(line) and move.purchase_line_id == line,
                moved_of(move),
            )
        )[-1:]

    def _last_move_of_line(self):
        """Return the last receipt of the order line when the incident was opened.

        Without a line, of the lines of the order with the product.
        """
        lines = self.purchase_line_id or self.order_id.order_line
        moves = lines.move_ids.filtered(
            lambda move: (
                _is_receipt(move)
                and move.product_id == self.product_id
                and move.date <= self.date_opened
            )
        )
        return moves.sorted(lambda move: (move.date, move.id))[-1:]

    def _source_problem(self):
        """Return which document does not fit, in words, or False."""
        self.ensure_one()
        return (
            self._supplier_problem() or self._order_problem() or self._product_problem()
        )

    def _supplier_problem(self):
        documents = [
            (self.order_id, self.order_id.partner_id),
            (self.purchase_line_id, self.purchase_line_id.order_id.partner_id),
            (self.picking_id, self.picking_id._incident_supplier()),
        ]
        for document, vendor in documents:
            if document and vendor.commercial_partner_id != self.commercial_partner_id:
                return self.env._(
                    "%(document)s is a document of %(vendor)s and not of %(supplier)s. "
                    "Choose a document of the supplier, or change the supplier.",
                    document=document.display_name,
                    vendor=vendor.display_name or self.env._("nobody"),
                    supplier=self.partner_id.display_name or self.env._("nobody"),
                )
        return False

    def _order_problem(self):
        line, order, picking = self.purchase_line_id, self.order_id, self.picking_id
        if line and line.order_id != order:
            return self.env._(
                "the order line belongs to %(other)s and not to %(order)s. "
                "Choose a line of the order.",
                other=line.order_id.name,
                order=order.name or self.env._("no order"),
            )
        orders = picking._incident_orders()
        if order and orders and order not in orders:
            return self.env._(
                "%(receipt)s is no receipt of %(order)s. Choose one of the order.",
                receipt=picking.name,
                order=order.name,
            )
        return False

    def _product_problem(self):
        """A document that names no products, as a service's order, allows any."""
        product, line, picking = self.product_id, self.purchase_line_id, self.picking_id
        for document, products in (
            (line or picking or self.order_id, self._possible_products()),
            (picking, picking.move_ids.product_id),
        ):
            if product and products and product not in products:
                return self.env._(
                    "%(product)s is not in %(document)s. Choose a product of it.",
                    product=product.display_name,
                    document=document.display_name,
                )
        return False
