"""Virtual environments with pinned packages, built in the cache."""

from __future__ import annotations

import shutil
import sys
import time
from pathlib import Path

from . import paths, process, state
from .console import Failure, step

# The Pythons that Odoo 19.0 supports, the preferred one first.
SUPPORTED = ((3, 12), (3, 11), (3, 13), (3, 10))
# How long an environment is kept that the requirements no longer ask for.
KEPT_SECONDS = 7 * 24 * 3600


def suitable_python() -> str:
    """A Python that Odoo 19.0 runs on: this one, else one found on PATH."""
    if sys.version_info[:2] in SUPPORTED:
        return sys.executable
    found = process.which(*(f"python{major}.{minor}" for major, minor in SUPPORTED))
    if not found:
        raise Failure(
            f"Odoo 19.0 runs on Python 3.10 to 3.13; this is {sys.version.split()[0]}.",
            "Install one of these (for example python3.13) so that it is on PATH.",
        )
    return found


def python_in(folder: Path) -> Path:
    return folder / "bin" / "python"


def ensure(
    name: str,
    requirements: list[str],
    *,
    python: str | None = None,
    system_packages: bool = False,
    lent: tuple[str, ...] = (),
) -> Path:
    """The Python of venv `name`, (re)made when its requirements have changed.

    `system_packages` and the folders `lent` add what an installed Odoo brings.
    """
    python = python or suitable_python()
    files = [paths.REQUIREMENTS / f"{requirement}.txt" for requirement in requirements]
    version = process.output(
        [python, "-c", "import sys; print(sys.prefix, sys.version)"]
    )
    mark = state.fingerprint(python, version, system_packages, lent, *files)
    # A folder per fingerprint: a program that runs in an older one is not disturbed.
    folder = paths.cache() / "venv" / f"{name}-{mark}"
    if not state.is_built(folder, mark):
        with step(f"Installing Python packages ({', '.join(requirements)})"):
            # In place, not renamed: a venv knows its own path. The stamp comes last.
            _create(folder, python, system_packages)
            _lend(folder, lent)
            _install(folder, files)
            state.set_stamp(folder, mark)
        _forget_old(name, folder)
    return python_in(folder)


def beside(folder: Path, python: Path) -> Path:
    """The Python of a new venv in `folder` that finds what that Python finds."""
    found = process.output(
        [python, "-c", "import site; print(*site.getsitepackages(), sep='\\n')"]
    )
    _create(folder, str(python), system_packages=False)
    _lend(folder, tuple(found.splitlines()))
    return python_in(folder)


def _forget_old(name: str, current: Path) -> None:
    """Remove environments of `name` that were made long ago, for other requirements."""
    for folder in current.parent.glob(f"{name}-{'?' * 16}"):
        age = time.time() - folder.stat().st_mtime
        if folder != current and age > KEPT_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)


def _create(folder: Path, python: str, system_packages: bool) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    (folder / state.STAMP).unlink(missing_ok=True)
    options = ["--clear"] + ["--system-site-packages"] * system_packages
    process.run(
        [python, "-m", "venv", *options, folder],
        log="venv",
        failure=f"{python} cannot make a virtual environment.",
        hint="If ensurepip is missing: install Debian's package python3-venv.",
    )


def _lend(folder: Path, lent: tuple[str, ...]) -> None:
    """Let packages in other folders be found, and the `.pth` files in them count."""
    lines = [f"import site; site.addsitedir({path!r})\n" for path in lent]
    for packages in folder.glob("lib/python*/site-packages"):
        (packages / "lent.pth").write_text("".join(lines))


def _install(folder: Path, files: list[Path]) -> None:
    # Python compiles what it imports; most of what is installed it never does.
    command = [python_in(folder), "-m", "pip", "install", "--no-input", "--no-compile"]
    command += ["--disable-pip-version-check", "--prefer-binary"]
    for file in files:
        command += ["-r", file]
    process.run(
        command,
        log="pip",
        failure="Python packages could not be installed.",
        hint=(
            "Is the network up, and pip's index reachable? The same command retries. "
            f"The whole output: {paths.logs() / 'pip.log'}"
        ),
    )
