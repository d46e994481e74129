from freezegun import freeze_time

from odoo import Command


class KitBuilders:
    """Kits, for tests of whatever else; the database of the tests has mrp."""

    @classmethod
    def _create_recipe(cls, product, parts):
        """Make the product a kit.

        :param dict parts: how many of each component one takes
        """
        return cls.env["mrp.bom"].create(
            {
                "product_tmpl_id": product.product_tmpl_id.id,
                "product_qty": 1,
                "type": "phantom",
                "company_id": cls.company.id,
                "bom_line_ids": [
                    Command.create({"product_id": part.id, "product_qty": quantity})
                    for part, quantity in parts.items()
                ],
            }
        )

    @classmethod
    def _create_bicycle_kit(cls):
        """A ``kit`` of one ``frame`` and two ``wheel``."""
        cls.frame = cls._create_product("Frame")
        cls.wheel = cls._create_product("Wheel")
        cls.kit = cls._create_product("Bicycle kit")
        cls._create_recipe(cls.kit, {cls.frame: 1, cls.wheel: 2})

    @classmethod
    def _receive_parts(cls, line, when, quantities=None, backorder=True):
        """Validate the open receipt of a kit's order at noon in Shanghai.

        :param dict quantities: how many of each component come, of the others none;
            all that is open by default
        """
        with freeze_time(f"{when} 04:00:00"):
            picking = cls._open_transfers(line.order_id.picking_ids)
            for move in picking.move_ids:
                move.quantity = (
                    move.product_uom_qty
                    if quantities is None
                    else quantities.get(move.product_id, 0)
                )
                move.picked = bool(move.quantity)
            cls._validate(picking, backorder)
        return picking

    @classmethod
    def _give_back(cls, picking, when, quantities, **vals):
        """Return components with the wizard at noon in Shanghai, from where they are.

        :param dict quantities: how many of each component
        :param vals: what is chosen in the dialog
        """
        with freeze_time(f"{when} 04:00:00"):
            wizard = (
                cls.env["stock.return.picking"]
                .with_context(active_id=picking.id, active_model="stock.picking")
                .create(vals)
            )
            for part in wizard.product_return_moves:
                part.quantity = quantities.get(part.product_id, 0)
            action = wizard.action_create_returns()
            back = cls.env["stock.picking"].browse(action["res_id"])
            for move in back.move_ids:
                move.write({"quantity": quantities[move.product_id], "picked": True})
            back.with_context(skip_backorder=True).button_validate()
        return back
