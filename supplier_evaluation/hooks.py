from .report.fact.watch import drop_watches


def post_init_hook(env):
    """Take over what was made before the add-on: promises, answers, exchanges."""
    env["purchase.order.line"]._fill_missing_promises()
    env["purchase.order"]._fill_missing_acknowledgements()
    env["stock.move"]._mark_replacements()


def uninstall_hook(env):
    """Take the triggers from the tables of others: what they write to goes away."""
    drop_watches(env)


def forget_models(env, *names):
    """Forget what Odoo notes of a bridge's models for others, before these go.

    What a model takes from a mixin, as the choices of a field, is noted as that of the
    mixin's module: ours, or one of Odoo's. Odoo takes it away with the bridge, but not
    the note.

    :param str names: of the bridge's models
    """
    for name in names:
        table = name.replace(".", "_")
        env["ir.model.data"].search(
            [
                ("module", "!=", env[name]._original_module),
                ("model", "in", ("ir.model.fields.selection", "ir.model.inherit")),
                "|",
                ("name", "=like", f"selection\\_\\_{table}\\_\\_%"),
                ("name", "=like", f"model\\_inherit\\_\\_{table}\\_\\_%"),
            ]
        ).unlink()
