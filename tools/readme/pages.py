"""Make the pages of all add-ons, or tell which are out of date."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

from .. import addons, paths, state, venv
from ..addons import Addon
from ..console import Failure
from . import layout

CONVERT = paths.TOOLS / "readme" / "convert.py"


def write() -> list[Path]:
    """Write the pages that are out of date."""
    stale = outdated()
    for path, text in stale.items():
        path.write_text(text)
    return [*stale]


def outdated() -> dict[Path, str]:
    """What is to be in the pages that have something else in them."""
    wanted = {}
    for addon in addons.found():
        wanted |= _pages(addon)
    return {path: text for path, text in wanted.items() if _content(path) != text}


def sources(addon: Addon) -> dict[str, str]:
    """The fragments of an add-on, in Markdown."""
    files = {name: addon.folder / "readme" / f"{name}.md" for name in layout.FRAGMENTS}
    return {name: file.read_text() for name, file in files.items() if file.exists()}


def digest(addon: Addon) -> str:
    """Tells whether the pages were made of what is there now.

    It needs no converter: so the tests can ask.
    """
    shown = {key: addon.manifest[key] for key in layout.SHOWN}
    # The version of the converters, and how they and the layout are used.
    makers = [paths.REQUIREMENTS / "readme.txt", CONVERT, Path(layout.__file__)]
    return state.fingerprint(json.dumps(shown), json.dumps(sources(addon)), *makers)


def readme(addon: Addon) -> Path:
    return addon.folder / "README.rst"


def _pages(addon: Addon) -> dict[Path, str]:
    fragments = _converted("rst", sources(addon))
    rst = layout.rst(addon.name, addon.manifest, fragments, digest(addon))
    body = _converted("html", {"page": rst})["page"]
    index = addon.folder / "static" / "description" / "index.html"
    return {readme(addon): rst, index: layout.html(addon.manifest["name"], body)}


def _content(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def _converted(target: str, texts: Mapping[str, str]) -> dict[str, str]:
    with state.lock():
        python = venv.ensure("readme", ["readme"])
    done = subprocess.run(
        [python, CONVERT, target],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Failure(
            f"A fragment could not be converted:\n{done.stderr.strip()}",
            "Mend it in the folder readme.",
        )
    return json.loads(done.stdout)
