"""Uninstalls a module, as its button does."""


def main(env, args):
    """Uninstall a module.

    :param dict args: ``module``
    """
    module = env["ir.module.module"].search([("name", "=", args["module"])])
    module.button_immediate_uninstall()
