"""Find Odoo 19.0, or unpack it from Debian.

In this order: the source checkout in ODOO_HOME, an `odoo` command on PATH, the package
`odoo-19` of Debian unpacked in the cache. The first two are used as they are.
"""

from __future__ import annotations

import os
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from . import debian, paths, process, state, venv
from .console import Failure, step

SERIES = "19.0"
# Raise when the unpacked tree must be made anew on users' machines.
LAYOUT = 1
PACKAGE = "odoo-19"
# What a venv for Odoo is made from.
REQUIREMENTS = ["odoo", "test"]
# Odoo's web assets are links into these packages' folders.
ASSETS = [
    *("libjs-jquery", "libjs-jquery-form", "libjs-underscore"),
    *("fonts-roboto-unhinted", "fonts-montserrat", "fonts-ocr-b"),
    "fonts-glyphicons-halflings",
]
# Odoo 19.0 draws with Font Awesome 4.7, which newer suites no longer have.
OLD_ASSETS = ["fonts-font-awesome", "fonts-inconsolata"]
OLD_SUITE = "bookworm"
# Left out of Debian's package (its licence), but named in mail's manifest: the 404 that
# follows is a console error, which fails every browser tour.
MISSING_SCRIPT = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"
STUB = (
    "// Not in Debian's package. Only video calls that blur the background need it.\n"
)

WHERE = """
import odoo.release, os, site
print(os.path.dirname(odoo.release.__file__), *site.getsitepackages(), sep="\\n")
"""


@dataclass(frozen=True)
class Runtime:
    """An Odoo that can be run."""

    python: Path
    command: Path
    addons: tuple[Path, ...]
    version: str
    pythonpath: Path | None = None

    @property
    def identity(self) -> str:
        """Changes when templates made with this Odoo are no longer good."""
        return state.fingerprint(self.version)


@lru_cache(1)
def find() -> Runtime:
    """The Odoo to use; the first call may take minutes."""
    if home := os.environ.get("ODOO_HOME"):
        return _from_source(Path(home).expanduser().absolute())
    if command := shutil.which("odoo"):
        return _from_command(Path(command))
    return _from_debian()


def series_in(release: str) -> str:
    """The series that a text of Odoo's release.py declares, such as `19.0`."""
    found = re.search(r"^version_info = \((\d+|'[^']+'), (\d+)", release, re.MULTILINE)
    return ".".join(part.strip("'") for part in found.groups()) if found else "unknown"


def _require_series(found: str, where: str, hint: str) -> None:
    if found != SERIES:
        raise Failure(f"{where} is Odoo {found}; {SERIES} is needed.", hint)


# ---- a source checkout -------------------------------------------------------------


def _from_source(home: Path) -> Runtime:
    release = home / "odoo" / "release.py"
    if not (home / "odoo-bin").exists() or not release.exists():
        raise Failure(
            f"ODOO_HOME={home} is not a source checkout of Odoo (no odoo-bin in it).",
            "Set it to the folder with odoo-bin, or unset it.",
        )
    hint = f"Check out its branch {SERIES}, or unset ODOO_HOME."
    _require_series(series_in(release.read_text()), f"ODOO_HOME={home}", hint)
    with state.lock():
        python = venv.ensure("odoo", REQUIREMENTS)
    commit = process.output(["git", "-C", home, "rev-parse", "HEAD"]).strip()
    addons = (home / "addons", home / "odoo" / "addons")
    return Runtime(python, home / "odoo-bin", addons, f"{SERIES} {commit}", home)


# ---- an installed command ----------------------------------------------------------


def version_in(text: str) -> str:
    """The series in what `odoo --version` prints, such as `Odoo Server 19.0-2025…`."""
    found = re.search(r"Odoo(?: Server)?\s+(\S+?)(?:[-+].*)?$", text, re.MULTILINE)
    return found.group(1) if found else "unknown"


def interpreter_of(script: Path) -> str:
    """The Python that a command's first line names."""
    with script.open("rb") as handle:
        first = handle.readline().decode(errors="replace").strip()
    words = first.removeprefix("#!").split()
    if not first.startswith("#!") or not words:
        return ""
    if Path(words[0]).name == "env":
        return shutil.which(words[-1]) or ""
    return words[0]


def _from_command(command: Path) -> Runtime:
    hint = "Take it off PATH, or point ODOO_HOME at a source checkout of Odoo 19.0."
    printed = process.output([command, "--version"])
    _require_series(version_in(printed), f"The command {command}", hint)
    python = interpreter_of(command)
    # Where that Python has Odoo and its packages, one folder a line, Odoo's own first.
    found = process.output([python, "-c", WHERE]).splitlines()
    if not found:
        raise Failure(f"The Python of {command} ({python or '?'}) has no Odoo.", hint)
    with state.lock():
        environment = venv.ensure(
            "odoo-installed",
            ["test"],
            python=python,
            system_packages=True,
            lent=tuple(dict.fromkeys([str(Path(found[0]).parent), *found[1:]])),
        )
    package = Path(found[0])
    folders = (package / "addons", package.parent / "addons")
    addons = tuple(folder for folder in folders if folder.is_dir())
    return Runtime(environment, command, addons, printed.strip())


# ---- Debian's package --------------------------------------------------------------


def _from_debian() -> Runtime:
    root = paths.cache() / "odoo"
    mark = state.fingerprint(LAYOUT, PACKAGE, ASSETS, OLD_ASSETS)
    with state.lock():
        if not state.is_built(root, mark):
            _fetch(root, mark)
        python = venv.ensure("odoo", REQUIREMENTS)
    packages = _packages(root)
    version = (root / "VERSION").read_text()
    addons = (packages / "odoo" / "addons",)
    return Runtime(python, root / "usr/bin/odoo", addons, version, packages)


def _fetch(root: Path, mark: str) -> None:
    """Fetch Odoo, and meanwhile, on another core, the Python packages it needs."""
    state.need_space(5)
    with (
        step(f"Fetching Odoo {SERIES} and its Python packages (about 200 MB)"),
        ThreadPoolExecutor(1) as other,
    ):
        packages = other.submit(venv.ensure, "odoo", REQUIREMENTS)
        with state.building(root, mark) as partial:
            _unpack(partial)
        packages.result()


def _packages(root: Path) -> Path:
    return root / "usr/lib/python3/dist-packages"


def _unpack(root: Path) -> None:
    debian.require_apt()
    with step("Reading Debian's package lists"):
        new, old = debian.Suite("sid"), debian.Suite(OLD_SUITE)
        new.update()
        old.update()
    with step(f"Fetching Odoo {SERIES} (about 130 MB) and unpacking it"):
        fetched = new.fetch([PACKAGE, *ASSETS], root)
        old.fetch(OLD_ASSETS, root)
    package = _packages(root) / "odoo"
    found = series_in((package / "release.py").read_text())
    _require_series(
        found, f"Debian's {PACKAGE}", "Set ODOO_HOME to a checkout of 19.0."
    )
    stub = package / "addons" / MISSING_SCRIPT
    if not stub.exists():
        stub.parent.mkdir(parents=True, exist_ok=True)
        stub.write_text(STUB)
    _require_assets(package)
    debs = [name for name in fetched if name.startswith(f"{PACKAGE}_")]
    (root / "VERSION").write_text(f"{SERIES} {' '.join(debs)}")
    debian.forget_lists()


def _require_assets(package: Path) -> None:
    """Every link of Odoo's must lead somewhere: a broken one makes every page a 500."""
    broken = [
        link for link in package.rglob("*") if link.is_symlink() and not link.exists()
    ]
    if broken:
        names = ", ".join(str(link.relative_to(package)) for link in broken[:5])
        raise Failure(
            f"{len(broken)} web assets of Odoo lead nowhere: {names}",
            "Debian has moved them: please report this with the list above.",
        )
