from .report.fact.watch import drop_watches


def post_init_hook(env):
    """Take over what orders made before the add-on say of promises and answers."""
    env["purchase.order.line"]._fill_missing_promises()
    env["purchase.order"]._fill_missing_acknowledgements()


def uninstall_hook(env):
    """Take the triggers from the tables of others: what they write to goes away."""
    drop_watches(env)
