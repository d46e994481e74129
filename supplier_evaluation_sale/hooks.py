from odoo.addons.supplier_evaluation.hooks import forget_models


def post_init_hook(env):
    """Take over what orders that were confirmed before promise their customers."""
    env["sale.order.line"]._fill_missing_customer_promises()


def uninstall_hook(env):
    """Leave nothing behind, not even the names of what goes."""
    forget_models(
        env,
        "supplier.sale.customer",
        "supplier.sale.fact",
        "supplier.sale.promise.change",
        "supplier.sale.promise.wizard",
        "supplier.sale.sum",
        "supplier.sale.trace",
    )
    # A mixin of ours guards Odoo's orders, and the promises on their lines.
    env["ir.model.data"].search(
        [
            ("module", "=", "supplier_evaluation"),
            ("model", "=", "ir.model.inherit"),
            ("name", "=like", "model\\_inherit\\_\\_sale\\_order%\\_\\_supplier\\_%"),
        ]
    ).unlink()
