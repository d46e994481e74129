"""The add-ons of this checkout, read from their manifests."""

from __future__ import annotations

import ast
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from . import paths
from .console import Failure

MAIN = "supplier_evaluation"


@dataclass(frozen=True)
class Addon:
    folder: Path

    @property
    def name(self) -> str:
        return self.folder.name

    @cached_property
    def manifest(self) -> dict:
        file = self.folder / "__manifest__.py"
        try:
            return ast.literal_eval(file.read_text())
        except (ValueError, SyntaxError) as error:
            raise Failure(f"{file} is not a manifest: {error}") from error

    @property
    def depends(self) -> list[str]:
        return self.manifest.get("depends", [])


def found(checkout: Path = paths.CHECKOUT) -> list[Addon]:
    """The add-on, then its bridges in alphabetical order.

    A bridge has the add-on's name in its own; Odoo puts the other side first.
    """
    folders = [file.parent for file in checkout.glob(f"*{MAIN}*/__manifest__.py")]
    folders.sort(key=lambda folder: (folder.name != MAIN, folder.name))
    return [Addon(folder) for folder in folders]


def installable(addons: Collection[Addon], available: Collection[str]) -> list[Addon]:
    """Those of `addons` whose dependencies are `available` or among themselves."""
    chosen: list[Addon] = []
    names = set(available)
    candidates = list(addons)
    while ready := [addon for addon in candidates if names.issuperset(addon.depends)]:
        chosen += ready
        names.update(addon.name for addon in ready)
        candidates = [addon for addon in candidates if addon not in ready]
    return chosen
