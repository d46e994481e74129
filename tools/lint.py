"""The linters, in a pinned environment of their own."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from . import addons, paths, state, venv
from .console import say, step
from .readme import pages

# Matters of taste in which Odoo's own files differ.
OCA_DISABLED = "xml-header-wrong,xml-field-numeric-without-eval"


@dataclass
class Check:
    """One linter's call."""

    title: str
    command: list[str]


def run(*, fix: bool = False) -> bool:
    """Run all linters; True if none found anything."""
    with state.lock():
        python = venv.ensure("lint", ["lint"])
    found = addons.found()
    if not found:
        say("  No add-on in this checkout: only the Python files are checked.")
    checks = _ruff(python.parent, fix=fix)
    checks += _odoo(python.parent, [addon.folder for addon in found])
    results = [_run(check) for check in checks]
    return all([*results, _pages_are_current()])


def _ruff(bin_folder: Path, *, fix: bool) -> list[Check]:
    ruff = str(bin_folder / "ruff")
    targets = ["dev", *_relative(python_folders())]
    if fix:
        return [
            Check("ruff check --fix", [ruff, "check", "--fix", *targets]),
            Check("ruff format", [ruff, "format", *targets]),
        ]
    return [
        Check("ruff check", [ruff, "check", *targets]),
        Check("ruff format --check", [ruff, "format", "--check", *targets]),
    ]


def _odoo(bin_folder: Path, folders: Sequence[Path]) -> list[Check]:
    """pylint-odoo and the OCA pre-commit checks: they need an add-on."""
    if not folders:
        return []
    names = _relative(folders)
    manifests = [f"{name}/__manifest__.py" for name in names]
    checks = [
        Check(
            "pylint-odoo", [str(bin_folder / "pylint"), "--rcfile=.pylintrc", *names]
        ),
        Check(
            "oca-checks-odoo-module",
            [
                str(bin_folder / "oca-checks-odoo-module"),
                f"--disable={OCA_DISABLED}",
                *manifests,
            ],
        ),
    ]
    catalogues = sorted(
        file
        for folder in folders
        for file in folder.glob("i18n/*.po*")
        if file.is_file()
    )
    if catalogues:
        command = [str(bin_folder / "oca-checks-po"), *_relative(catalogues)]
        checks.append(Check("oca-checks-po", command))
    return checks


def python_folders() -> list[Path]:
    folders = [paths.TOOLS, *(addon.folder for addon in addons.found())]
    extra = paths.CHECKOUT / "benchmarks"
    return [*folders, extra] if any(extra.glob("**/*.py")) else folders


def _pages_are_current() -> bool:
    """README.rst and index.html are what the folder readme makes of them."""
    with step("pages made from readme") as progress:
        stale = pages.outdated()
        if stale:
            names = ", ".join(_relative([*stale]))
            progress.interrupt(f"{names}: out of date, see ./dev readme")
    return not stale


def _relative(found: Sequence[Path]) -> list[str]:
    return [str(path.relative_to(paths.CHECKOUT)) for path in found]


def _run(check: Check) -> bool:
    with step(check.title) as progress:
        done = subprocess.run(
            check.command,
            cwd=paths.CHECKOUT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
        if done.returncode:
            progress.interrupt(_squeezed(done.stdout))
    return done.returncode == 0


def _squeezed(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if line.strip())
