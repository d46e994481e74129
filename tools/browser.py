"""A browser for the tours: the machine's, or Debian's Chromium in the cache."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from . import debian, paths, process, state, unpacked
from .console import Failure, step

# The names that Odoo's HttpCase looks for.
NAMES = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")
PACKAGES = ["chromium", "fonts-dejavu-core", *unpacked.FONT_PACKAGES]
PROBE = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"]
PROBE += ["--disable-background-networking", "--disable-component-update"]
PROBE += ["--disable-dev-shm-usage", "--dump-dom", "about:blank"]
HINT = (
    "Install Chromium or Chrome (apt-get install chromium); until then the tests "
    "without a browser run with: ./dev test --no-browser (Odoo skips the others)."
)
# Unpacked packages were not configured: tell the browser where its libraries, its
# fonts and their configuration are.
WRAPPER = """#!/bin/sh
root={root}
export LD_LIBRARY_PATH={libraries}
export FONTCONFIG_FILE={root}/fonts.conf
export CHROME_DEVEL_SANDBOX=
exec {binary} "$@"
"""


def folder() -> str:
    """The folder to put on PATH so that a browser is found; empty if one is there."""
    if process.which(*NAMES):
        return ""
    root = paths.cache() / "chromium"
    mark = state.fingerprint("chromium", PACKAGES, WRAPPER, unpacked.FONTS, root)
    with state.lock():
        if not state.is_built(root, mark):
            state.need_space(2)
            _build(root, mark)
    return str(root / "bin")


def environment() -> dict[str, str]:
    """PATH with a browser on it."""
    extra = folder()
    return {"PATH": extra + os.pathsep + os.environ["PATH"]} if extra else {}


def _build(root: Path, mark: str) -> None:
    try:
        with (
            step("Fetching Chromium for the browser tours (about 120 MB)"),
            state.building(root, mark) as partial,
        ):
            debian.Suite().fetch_with_dependencies(PACKAGES, partial)
            # Try it where it is, before it counts as built.
            _write_wrapper(partial, partial)
            _require_start(partial / "bin" / "chromium")
            _write_wrapper(partial, root)
    except Failure as failure:
        raise Failure(f"No browser for the tours: {failure.what}", HINT) from failure


def _write_wrapper(partial: Path, root: Path) -> None:
    """A command in `partial` for a browser that will be in `root`."""
    binary = partial / "usr/lib/chromium/chromium"
    if not binary.exists():
        raise Failure(
            "Debian's package chromium holds no chromium where it used to be."
        )
    text = WRAPPER.format(
        root=f"'{root}'",
        libraries=f"'{unpacked.libraries(partial, root, last='chromium')}'",
        binary=f"'{root / binary.relative_to(partial)}'",
    )
    unpacked.write_command(partial, "chromium", text)
    unpacked.write_fonts(partial, root)


def _require_start(browser: Path) -> None:
    """A browser that cannot start would make Odoo skip every tour without failing."""
    with tempfile.TemporaryDirectory() as profile:
        try:
            done = subprocess.run(
                [browser, f"--user-data-dir={profile}", *PROBE],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=120,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise Failure("Chromium does not answer within two minutes.") from error
    if done.returncode or "<html" not in done.stdout:
        raise Failure(f"Chromium does not start:\n{done.stderr[-1500:]}")
