# The form of an order lists its lines and its bills.
ORDER = "purchase.order"
ORDER_PARTS = (ORDER, "purchase.order.line", "account.move")


def reads(env, *models):
    """Return whether the user may read all of the models."""
    return all(env[model].has_access("read") for model in models)


def opens(env, model):
    """Return whether the user can open forms of a model.

    :param str model: its name; nothing opens where there is none
    """
    if not model or model not in env:
        return False
    return reads(env, *(ORDER_PARTS if model == ORDER else (model,)))
