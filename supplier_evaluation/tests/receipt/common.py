from freezegun import freeze_time

from odoo import Command

from ..fact.common import CatalogueCommon


class ReturnCommon(CatalogueCommon):
    """Builders of the ways on which goods go back, and what the figures say of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)]
        )
        cls.vendors = cls.env.ref("stock.stock_location_suppliers")
        cls.customers = cls.env.ref("stock.stock_location_customers")
        cls.stock = cls.warehouse.lot_stock_id

    @classmethod
    def _location(cls, name, usage="internal", **vals):
        return cls.env["stock.location"].create(
            {
                "name": name,
                "usage": usage,
                "location_id": cls.warehouse.view_location_id.id,
                **vals,
            }
        )

    @classmethod
    def _received(cls, quantity=10, ordered=10, **vals):
        """Order for 5 each, let it come in time, and return the transfer."""
        line = cls._order(ordered, 5, "2026-03-10", **vals)
        return cls._receive(line, "2026-03-10", quantity)

    @classmethod
    def _add_line(cls, order, product, quantity=10):
        """Add a line to a confirmed order, at the same price, and return it."""
        known = order.order_line
        with freeze_time("2026-03-01 02:00:00"):
            order.order_line = [
                Command.create(
                    {
                        "product_id": product.id,
                        "product_qty": quantity,
                        "price_unit": 5,
                        "date_planned": "2026-03-10 04:00:00",
                        "tax_ids": [Command.clear()],
                    }
                )
            ]
        return order.order_line - known

    @classmethod
    def _waiting(cls):
        """The transfers of the company that are to be done next."""
        return cls.env["stock.picking"].search(
            [
                ("company_id", "=", cls.company.id),
                ("state", "not in", ("done", "cancel")),
                ("move_ids", "!=", False),
            ],
            order="id",
        )

    @classmethod
    def _do(cls, picking, when, quantity=None):
        """Do a transfer, or what is open of it.

        :param quantity: of each product; all that is asked for by default
        """
        with freeze_time(f"{when} 04:00:00"):
            picking.action_confirm()
            picking.action_assign()
            for move in picking.move_ids:
                move.quantity = move.product_uom_qty if quantity is None else quantity
                move.picked = True
            picking.with_context(skip_backorder=True).button_validate()
        return picking

    @classmethod
    def _by_hand(cls, when, quantity, to, origin=False, *, do=True, **vals):
        """Make a transfer without any link, as the delivery of a warehouse.

        :param to: the location
        :param origin: what is typed as the source document
        """
        vals = {
            "partner_id": cls.supplier.id,
            "picking_type_id": cls.warehouse.out_type_id.id,
            "location_id": cls.stock.id,
            **vals,
        }
        product = vals.pop("product", cls.product)
        ends = {"location_id": vals["location_id"], "location_dest_id": to.id}
        picking = cls.env["stock.picking"].create(
            {
                **vals,
                **ends,
                "origin": origin,
                "move_ids": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "product_uom_qty": quantity,
                            "product_uom": product.uom_id.id,
                            **ends,
                        }
                    )
                ],
            }
        )
        return cls._do(picking, when) if do else picking

    # ------------------------------------------------------------
    # Questions
    # ------------------------------------------------------------

    def _facts(self, **scope):
        """What quality facts of the supplier there are in March."""
        self.env.flush_all()
        facts = self.env["supplier.receipt.fact"]._with_fact_scope(self._scope(**scope))
        return facts.search([("partner_id", "=", self.supplier.id)])

    def assertFigures(self, return_rate, faulty, lots=None):
        """All figures see the same returns.

        :param return_rate: percent of the value that went back
        :param faulty: percent of what came that counts against the supplier; of all
            lines something does, or of none
        :param lots: percent of receipts that are accepted; all or none by default
        """
        good = 0 if faulty else 100
        figures = {
            "return_rate": return_rate,
            "defect_ppm": faulty * 10000,
            "lot_acceptance": good if lots is None else lots,
            "otif": good,
        }
        for code, value in figures.items():
            with self.subTest(code):
                self.assertAlmostEqual(self._value(code), value, 4)
