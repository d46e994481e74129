"""The add-ons' tests in shares, so that each core has its own: pure functions.

Every test class is in exactly one share. The last share is told what the others have,
so what nobody found here is run there.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from pathlib import Path

# The classes that Odoo runs, by how they are called.
TEST = "Test"


def tags_of(folders: Iterable[Path], count: int) -> list[str]:
    """Odoo's test tags of each share.

    :param folders: of the add-ons
    :param count: how many shares
    :return: as many tags, or fewer where there are not so many classes
    """
    folders = list(folders)
    names = [
        f"/{folder.name}:{name}" for folder in folders for name in classes_of(folder)
    ]
    shares = [share for number in range(1, count) if (share := names[number::count])]
    rest = [f"/{folder.name}" for folder in folders]
    rest += [f"-{name}" for share in shares for name in share]
    return [",".join(share) for share in [*shares, rest]]


def classes_of(folder: Path) -> list[str]:
    """The names of an add-on's test classes, each once, sorted."""
    return sorted(
        {
            node.name
            for path in (folder / "tests").rglob("test_*.py")
            for node in ast.parse(path.read_text()).body
            if isinstance(node, ast.ClassDef) and node.name.startswith(TEST)
        }
    )
