from freezegun import freeze_time

from odoo import Command

from odoo.addons.supplier_evaluation.tests.receipt.common import ReturnCommon

NOON = "04:00:00"


class SaleTraceCommon(ReturnCommon):
    """A customer, and builders of the ways by which goods reach him."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_contact("Custom Boats", is_company=True)
        routes = cls.env["stock.route"].with_context(active_test=False)
        mto = cls.warehouse.mto_pull_id.route_id
        mto.active = True
        cls.to_order = mto | cls.warehouse.buy_pull_id.route_id
        cls.dropship = routes.browse(
            cls.env.ref("stock_dropshipping.route_drop_shipping").id
        )
        cls.made_to_order = cls._bought("Mast", cls.to_order)
        cls.dropshipped = cls._bought("Anchor", cls.dropship)

    @classmethod
    def _bought(cls, name, routes):
        """A product that is ordered of the supplier when a customer orders it."""
        return cls._create_product(
            name,
            route_ids=[Command.set(routes.ids)],
            seller_ids=[
                Command.create(
                    {
                        "partner_id": cls.supplier.id,
                        "price": 5,
                        "delay": 9,
                        "company_id": cls.company.id,
                    }
                )
            ],
        )

    # ------------------------------------------------------------
    # Builders
    # ------------------------------------------------------------

    @classmethod
    def _sell(cls, quantity, wanted, sold="2026-03-01", **vals):
        """Confirm an order of a customer, of one line, and return the line.

        :param str wanted: local day promised to the customer
        """
        product = vals.pop("product", cls.product)
        with freeze_time(f"{sold} 02:00:00"):
            order = cls.env["sale.order"].create(
                {
                    "partner_id": cls.customer.id,
                    "company_id": cls.company.id,
                    "commitment_date": f"{wanted} {NOON}",
                    "user_id": False,
                    **vals,
                    "order_line": [
                        Command.create(
                            {
                                "product_id": product.id,
                                "product_uom_qty": quantity,
                                "price_unit": 10,
                                "tax_ids": [Command.clear()],
                            }
                        )
                    ],
                }
            )
            order.action_confirm()
        return order.order_line

    @classmethod
    def _bought_for(cls, line, confirmed, promise):
        """Confirm what was ordered for a sales line, and return the purchase line."""
        bought = line.purchase_line_ids | line.move_ids.created_purchase_line_ids
        bought = bought.filtered(lambda each: each.state == "draft")
        with freeze_time(f"{confirmed} 02:00:00"):
            bought.date_planned = f"{promise} {NOON}"
            bought.order_id.button_confirm()
        return bought

    @classmethod
    def _to_order(cls, wanted, confirmed, promise, came, quantity=10, **vals):
        """Sell what is made to order, and let it come; return the sales line."""
        product = vals.pop("product", cls.made_to_order)
        line = cls._sell(quantity, wanted, product=product, **vals)
        bought = cls._bought_for(line, confirmed, promise)
        if came:
            cls._receive(bought, came)
        return line

    @classmethod
    def _deliver(cls, line, when, quantity=None, backorder=True):
        """Do what is open of the delivery of a sales line, step by step."""
        picking = cls.env["stock.picking"]
        while transfers := cls._open_transfers(line.move_ids.picking_id):
            if picking and transfers[0].location_id == picking.location_id:
                break
            picking = transfers.sorted("id")[0]
            with freeze_time(f"{when} {NOON}"):
                picking.action_assign()
                for move in picking.move_ids:
                    asked = move.product_uom_qty
                    move.quantity = asked if quantity is None else quantity
                    move.picked = True
                cls._validate(picking, backorder)
            if picking.location_dest_id == cls.customers:
                break
        return picking

    @classmethod
    def _stocked(cls, quantity, came, **vals):
        """Order for stock what comes as promised, and return the purchase line."""
        line = cls._order(quantity, 5, came, **vals)
        cls._receive(line, came)
        return line

    # ------------------------------------------------------------
    # Questions
    # ------------------------------------------------------------

    @classmethod
    def _traces(cls, line, **scope):
        """The traces of a sales line, at the cut-off of the golden set."""
        cls.env.flush_all()
        traces = cls.env["supplier.sale.trace"]._with_fact_scope(cls._scope(**scope))
        return traces.search([("sale_line_id", "=", line.id)], order="id")

    def assertTrace(self, line, cause, days=0, scope=None, **values):
        """The line has one trace, which says this.

        :param dict scope: other than that of the golden set
        """
        trace = self._traces(line, **(scope or {}))
        self.assertEqual(len(trace), 1)
        self.assertEqual((trace.cause, trace.days_late), (cause, days))
        lost = ("days_order_late", "days_supplier_late", "days_stock_late")
        if trace.cause != "unknown":
            self.assertEqual(sum(trace[name] or 0 for name in lost), days)
        for name, value in values.items():
            self.assertEqual(trace[name], value, name)
        return trace
