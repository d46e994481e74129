"""Time is frozen thousands of times in a run: what that costs each time.

freezegun looks into each of Odoo's four thousand modules whenever time is frozen. One
in fifteen has something to freeze, and which these are changes with what is imported:
it is shown these alone, and looks into all again after an import.
"""

import sys
from types import SimpleNamespace

from freezegun import api


class Modules:
    """``sys.modules`` as freezegun uses it."""

    def __init__(self):
        self._count = 0
        self._holders = []

    def keys(self):
        return sys.modules.keys()

    def get(self, name, default=None):
        return sys.modules.get(name, default)

    def items(self):
        """Return the modules that have a clock or a type of date, with their names."""
        if self._count != len(sys.modules):
            # To look may import something, which is looked into the next time.
            items = [*sys.modules.items()]
            self._count = len(items)
            self._holders = [*filter(_is_holder, items)]
        return self._holders


def _is_holder(item):
    _name, module = item
    return hasattr(module, "__name__") and bool(
        api._get_cached_module_attributes(module)
    )


api.sys = SimpleNamespace(modules=Modules())
