"""Which bridge is tested where: pure functions."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from ..addons import Addon
from ..console import Failure

# Tested with the app, in its database: Odoo's dashboards change nothing of it.
TOGETHER = ("supplier_evaluation", "spreadsheet_dashboard_supplier_evaluation")
# What the tests of a bridge need besides what it depends on.
MORE = {
    "supplier_evaluation_requisition": ("purchase_requisition_stock",),
    "supplier_evaluation_sale": ("stock_dropshipping", "sale_margin"),
}
OF_TAG = re.compile(r"^[+-]?(?:[^/\[]*)/(\w+)")


def together(found: Iterable[Addon]) -> list[Addon]:
    """The add-ons that are tested in one database, the app among them."""
    return [addon for addon in found if addon.name in TOGETHER]


def alone(found: Iterable[Addon]) -> list[Addon]:
    """The bridges that are tested in a database of their own."""
    return [addon for addon in found if addon.name not in TOGETHER]


def needed(bridge: Addon) -> list[str]:
    """What is installed for the tests of a bridge, and it with it."""
    return [*MORE.get(bridge.name, ()), bridge.name]


def of_tags(tags: str, bridges: Collection[Addon]) -> Addon | None:
    """The bridge that Odoo's test tags are about; None: they are about none of them.

    :raises Failure: they are about a bridge and something else, which is tested in
        another database
    """
    names = {found[1] for tag in tags.split(",") if (found := OF_TAG.match(tag))}
    asked = [bridge for bridge in bridges if bridge.name in names]
    if not asked:
        return None
    if len(asked) > 1 or len(names) > 1:
        raise Failure(
            f"`{tags}` is tested in several databases: each bridge has its own.",
            f"Ask one by one: ./dev test /{asked[0].name}",
        )
    return asked[0]
