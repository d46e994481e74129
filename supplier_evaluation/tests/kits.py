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
