from odoo.addons.supplier_evaluation.hooks import forget_models


def uninstall_hook(env):
    """Leave nothing behind, not even the names of what goes."""
    forget_models(
        env,
        "supplier.sourcing",
        "supplier.sourcing.line",
        "supplier.sourcing.candidate",
        "supplier.choice",
        "supplier.choice.part.mixin",
        "supplier.choice.criterion.mixin",
        "supplier.choice.criterion",
        "supplier.choice.candidate",
        "supplier.choice.score",
        "supplier.choice.template",
        "supplier.choice.template.line",
    )
