"""What the purchase policies say of an order, and how its form says so."""

from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

#: What policies say of an order, as a selection.
LEVELS = [("warn", "Warning"), ("block", "Blocked")]


class Finding(NamedTuple):
    """Why a level holds for an order, beside the policies of the gate.

    ``key`` tells it from the others of the order; ``lines`` are the order lines that it
    is about.
    """

    level: str
    reason: str
    key: Any
    lines: Any


@dataclass
class Verdict:
    """What holds for one order and one operation.

    ``level`` is ``"block"``, ``"warn"`` or empty; ``reasons`` are sentences.
    ``override_note`` tells of an override, whether it counts or not; ``override`` is
    ``"counts"``, ``"own"`` where who asks granted it, or empty; ``overridden_by`` is
    the name of whose override counts. ``blocked`` is what is bought in spite of each
    block, also of an overridden one: by line, the product, the quantity and the worth.
    ``former_id`` is the contact that is judged, if it was a supplier of its own.
    ``above_ids`` are the companies above that decided what blocks.
    """

    level: str = ""
    reasons: list = field(default_factory=list)
    override: str = ""
    override_note: str = ""
    overridden_by: str = ""
    lifters: str = ""
    vendor_id: int = 0
    former_id: int = 0
    blocked: dict = field(default_factory=dict)
    above_ids: set = field(default_factory=set)

    def add(self, level, reason, held, above_ids=()):
        """Take one more reason; the strictest level stays.

        :param dict held: what is bought in spite of it, by what tells it from others
        :param above_ids: the companies above that decided it
        """
        self.reasons.append(reason)
        if level == "block":
            self.above_ids.update(above_ids)
            for key, bought in held.items():
                # One key may be told of several times, each time of other lines.
                key = (self.former_id, key) if self.former_id else key
                self.blocked.setdefault(key, {}).update(bought)
        if self.level != "block":
            self.level = level

    def join(self, other):
        """Take in what holds for somebody else of whom the order is bought.

        What one is excused, the other is not: the strictest level stays, with what is
        to be done about it.
        """
        ranks = ["", "warn", "block"]
        mine, theirs = ranks.index(self.level), ranks.index(other.level)
        has_more = theirs > mine or (theirs == mine and not self.override)
        stricter = other if has_more else self
        notes = dict.fromkeys([self.override_note, other.override_note])
        self.reasons += other.reasons
        self.override = stricter.override
        self.overridden_by = stricter.overridden_by
        self.lifters = stricter.lifters
        self.override_note = " ".join(filter(None, notes))
        self.blocked |= other.blocked
        self.above_ids |= other.above_ids
        self.level = stricter.level

    def held_back(self):
        """Return what is bought in spite of blocks, as an override keeps it.

        :return: pairs of which block it is, as text, and the id of a product
        """
        return sorted(
            {
                (str(key), product_id)
                for key, bought in self.blocked.items()
                for product_id, _quantity, _worth in bought.values()
            }
        )

    def repeats(self, other):
        """Whether it says nothing that the other verdict does not say."""
        return self.level == other.level and set(self.reasons) <= set(other.reasons)

    def is_worse_than(self, before):
        """Whether a change of a confirmed order is what the policies refuse.

        Of an order that was blocked already, with the same vendor, it is what buys
        another product, or more of one, in spite of a block.

        :param Verdict before: the verdict before the change
        """
        if self.level != "block":
            return False
        if before.level != "block" or before.vendor_id != self.vendor_id:
            return True
        for key, bought in self.blocked.items():
            known = before.blocked.get(key, {})
            for line_id, (product_id, quantity, worth) in bought.items():
                old_product_id, old_quantity, old_worth = known.get(
                    line_id, (product_id, 0, 0)
                )
                if (
                    product_id != old_product_id
                    or quantity > old_quantity
                    or worth > old_worth
                ):
                    return True
        return False

    def lines(self):
        """Return everything a reader has to know, one sentence a line.

        What became of an override comes first: it says whose turn it is.
        """
        texts = [f"- {reason}" for reason in self.reasons]
        return [
            *filter(None, [self.override_note]),
            *texts,
            *filter(None, [self.lifters]),
        ]


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
