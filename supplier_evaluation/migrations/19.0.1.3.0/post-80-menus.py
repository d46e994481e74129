from odoo import SUPERUSER_ID, Command, api

REFUSED = {
    "purchase.menu_purchase_root": ("reviewer", "user"),
    "purchase.menu_purchase_config": ("manager",),
    "supplier_evaluation.supplier_menu": ("reviewer",),
}


def migrate(cr, version):
    """Who is no buyer leaves the menus of Purchase: Suppliers is an app of its own.

    Buyers and their managers have a right of their own to these menus.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    for menu, names in REFUSED.items():
        env.ref(menu).group_ids = [
            Command.unlink(
                env.ref(f"supplier_evaluation.group_supplier_evaluation_{name}").id
            )
            for name in names
        ]
