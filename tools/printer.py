"""What makes PDFs, and what reads them: the machine's, or Debian's in the cache.

Odoo prints with wkhtmltopdf, which it looks for on PATH. Debian's build draws on a
display: it is told to do without one. The fonts bring Chinese along.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from . import debian, paths, process, state, unpacked
from .console import Failure, say, step

# The commands, and the packages that have them.
PROGRAMS = {"wkhtmltopdf": "wkhtmltopdf", "pdftotext": "poppler-utils"}
HINT = f"Install it: apt-get install {' '.join(PROGRAMS.values())}"
# Qt looks for its plugins where they would have been installed.
WRAPPER = """#!/bin/sh
root={root}
export LD_LIBRARY_PATH={libraries}
export FONTCONFIG_FILE={root}/fonts.conf
export QT_PLUGIN_PATH={plugins}
exec {root}/usr/bin/{name} "$@"
"""
# The text that a page on which it is tried has, and its PDF must have.
PROBE = "Supplier 供应商"


def environment(path: str) -> dict[str, str]:
    """What every Odoo is told: that there is no display, and `path` with the printer.

    :param path: the PATH that it would have without
    """
    root = paths.cache() / "printer"
    if _missing() and state.is_built(root, _mark(root)):
        path = f"{root / 'bin'}{os.pathsep}{path}"
    return {"QT_QPA_PLATFORM": "offscreen", "PATH": path}


def ensure() -> None:
    """Find the programs, or fetch them."""
    root = paths.cache() / "printer"
    if not _missing() or state.is_built(root, _mark(root)):
        return
    with state.lock():
        if not state.is_built(root, _mark(root)):
            state.need_space(0.5)
            _build(root)


def offer() -> None:
    """As `ensure`, but a failure is only told: without it, pages are shown as HTML."""
    try:
        ensure()
    except Failure as failure:
        say(f"  {failure.what}\n  Reports are shown as web pages. {failure.hint}")


def _missing() -> list[str]:
    return [name for name in PROGRAMS if not process.which(name)]


def _mark(root: Path) -> str:
    return state.fingerprint(
        "printer",
        _missing(),
        PROGRAMS,
        unpacked.FONT_PACKAGES,
        WRAPPER,
        unpacked.FONTS,
        root,
    )


def _build(root: Path) -> None:
    packages = [PROGRAMS[name] for name in _missing()]
    try:
        with (
            step("Fetching wkhtmltopdf, which prints PDFs (about 40 MB)"),
            state.building(root, _mark(root)) as partial,
        ):
            packages += unpacked.FONT_PACKAGES
            debian.Suite().fetch_with_dependencies(packages, partial)
            # Tried where it is, before it counts as built.
            _write_commands(partial, partial)
            _require_prints(partial / "bin")
            _write_commands(partial, root)
    except Failure as failure:
        raise Failure(f"PDFs cannot be printed: {failure.what}", HINT) from failure


def _write_commands(partial: Path, root: Path) -> None:
    """Commands in `partial` for programs that will be in `root`."""
    plugins = next(partial.glob("usr/lib/**/qt5/plugins"), partial)
    for name in _missing():
        text = WRAPPER.format(
            name=name,
            root=f"'{root}'",
            libraries=f"'{unpacked.libraries(partial, root)}'",
            plugins=f"'{root / plugins.relative_to(partial)}'",
        )
        unpacked.write_command(partial, name, text)
    unpacked.write_fonts(partial, root)


def _require_prints(commands: Path) -> None:
    """Print a page and read it: a printer without fonts would print empty boxes."""
    path = f"{commands}{os.pathsep}{os.environ['PATH']}"
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PATH": path}
    with tempfile.TemporaryDirectory() as folder:
        page, pdf = Path(folder, "page.html"), Path(folder, "page.pdf")
        page.write_text(f'<meta charset="utf-8"><p>{PROBE}</p>', encoding="utf-8")
        printed = _output(["wkhtmltopdf", "--quiet", page, pdf], env)
        read = _output(["pdftotext", "-enc", "UTF-8", pdf, "-"], env)
    if PROBE not in read:
        raise Failure(f"wkhtmltopdf does not print what it should:\n{printed}{read}")


def _output(command: list[str | Path], env: dict[str, str]) -> str:
    """All that a program says, on both channels."""
    try:
        done = subprocess.run(
            ["env", *map(str, command)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env=env,
            timeout=120,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Failure(f"{command[0]} does not answer within two minutes.") from error
    return done.stdout[-1500:]
