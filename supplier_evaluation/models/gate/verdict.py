"""What the form of an order says on top of it of the purchase policies."""

from dataclasses import replace


def banner_text(env, to_confirm, to_send):
    """Return the text, False where there is nothing to say.

    Whose turn it is comes first, then what the policies say.

    :param env: environment of the reader
    :param Verdict to_confirm: on confirming the order
    :param Verdict to_send: on sending it as a request
    """
    lines = []
    if to_confirm.override:
        lines.append(_whose_turn(env, to_confirm))
        to_confirm = replace(to_confirm, override_note="")
        to_send = replace(to_send, override_note="")
    confirming, sending = _titles(env)
    if to_confirm.level:
        lines += [confirming[to_confirm.level], *to_confirm.lines()]
    if to_send.level == "block" and to_send.repeats(to_confirm):
        lines.append(env._("The request cannot be sent either."))
    elif to_send.level and not to_send.repeats(to_confirm):
        lines += [sending[to_send.level], *to_send.lines()]
    return "\n".join(lines) or False


def _whose_turn(env, verdict):
    if verdict.override == "counts":
        return env._(
            "%(override)s — the buyer can confirm now.",
            override=verdict.override_note.rstrip("."),
        )
    return verdict.override_note


def _titles(env):
    """Return the titles on confirming and on sending, each by the level."""
    confirming = {
        "block": env._("This order cannot be confirmed:"),
        "warn": env._("Before you confirm this order:"),
    }
    sending = {
        "block": env._("This request cannot be sent:"),
        "warn": env._("Before you send this request:"),
    }
    return confirming, sending
