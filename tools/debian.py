"""Debian packages without touching the system: a private apt state, and `dpkg -x`.

The mirror and the keys are the machine's own: the address is asked of its apt, and
every index is verified with the Debian archive keyring. No root is needed, and nothing
is installed.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from . import paths, process
from .console import Failure, step

KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
# The machine's own suite, whatever it is: its own sources, in a private state.
MACHINE = "machine"
NO_DEBIAN = (
    "Point ODOO_HOME at a source checkout of Odoo 19.0, or put an `odoo` command of "
    "series 19.0 on PATH. Otherwise run this on Debian, or with apt's Debian sources."
)


class Suite:
    """One suite of Debian (or the machine's own) with an apt state of its own."""

    def __init__(self, name: str = MACHINE):
        self.name = name
        self.root = paths.cache() / "apt" / name
        self._updated = False

    def fetch(self, packages: list[str], target: Path) -> list[str]:
        """Unpack exactly these packages into `target`; the names of their files."""
        self.update()
        folder = self.root / "downloads"
        # Nothing of an interrupted or older download may slip in.
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        process.run(
            ["apt-get", *self._options(), "download", *packages],
            cwd=folder,
            log=f"apt-download-{self.name}",
            failure=f"Debian packages could not be downloaded: {' '.join(packages)}",
        )
        return self._unpack(folder, target)

    def fetch_with_dependencies(self, packages: list[str], target: Path) -> None:
        """Unpack these packages and all they need that the machine lacks."""
        self.update()
        archives = self.root / "cache" / "archives"
        process.run(
            [
                "apt-get",
                *self._options(),
                *("install", "--download-only", "--yes"),
                *("--no-install-recommends", *packages),
            ],
            log=f"apt-install-{self.name}",
            failure=f"Debian packages could not be downloaded: {' '.join(packages)}",
        )
        self._unpack(archives, target)

    def _unpack(self, folder: Path, target: Path) -> list[str]:
        target.mkdir(parents=True, exist_ok=True)
        packages = sorted(folder.glob("*.deb"))
        for package in packages:
            process.run(
                ["dpkg", "-x", package, target],
                log="dpkg",
                failure=f"{package.name} could not be unpacked.",
                hint=f"Is the disk of {target} full?",
            )
            package.unlink()
        return [package.name for package in packages]

    def update(self) -> None:
        if self._updated:
            return
        for folder in ("lists/partial", "cache/archives/partial"):
            (self.root / folder).mkdir(parents=True, exist_ok=True)
        if self.name == MACHINE:
            self._update_machine()
        else:
            self._write_sources()
            process.run(
                ["apt-get", *self._options(), "update", "--error-on=any"],
                log=f"apt-update-{self.name}",
                failure=f"The package list of Debian's {self.name} could not be read.",
                hint="Is the network up? The same command goes on where it stopped.",
            )
        self._updated = True

    def _update_machine(self) -> None:
        """Its sources may name others' mirrors that are down: only Debian's matter."""
        require_apt()
        process.output(["apt-get", *self._options(), "update"])

    def _write_sources(self) -> None:
        line = f"deb [signed-by={KEYRING}] {mirror()} {self.name} main\n"
        (self.root / "sources.list").write_text(line)

    def _options(self) -> list[str]:
        """apt's options: the machine's configuration, our state."""
        options = {
            "Dir::State": self.root,
            "Dir::State::Lists": self.root / "lists",
            # Read only: tells apt which packages the machine has already.
            "Dir::State::status": "/var/lib/dpkg/status",
            "Dir::Cache": self.root / "cache",
            "Debug::NoLocking": "1",
            "Acquire::Languages": "none",
            "Acquire::Retries": "2",
            "Acquire::http::Timeout": "30",
            "Acquire::https::Timeout": "30",
            "quiet": "1",
        }
        if self.name != MACHINE:
            options["Dir::Etc::sourcelist"] = self.root / "sources.list"
            options["Dir::Etc::sourceparts"] = "-"
        if os.geteuid() == 0:
            # apt would read our folder as `_apt`, who may not enter root's home.
            options["APT::Sandbox::User"] = "root"
        return [
            text for key, value in options.items() for text in ("-o", f"{key}={value}")
        ]


def require_apt() -> None:
    """apt, dpkg and Debian's keys, or a failure that says what else would do."""
    for tool in ("apt-get", "dpkg"):
        if not process.which(tool):
            raise Failure(f"This machine has no `{tool}`.", NO_DEBIAN)
    if not KEYRING.exists():
        raise Failure(
            f"Debian's keys ({KEYRING}) are missing; unsigned packages are never used.",
            f"Install the package debian-archive-keyring. {NO_DEBIAN}",
        )


def mirror() -> str:
    """The address of Debian's archive that this machine uses."""
    require_apt()
    machine = Suite(MACHINE)
    found = _mirror_in([])
    if not found:
        # A fresh machine or container has no package lists yet.
        with step("Reading this machine's package lists"):
            machine.update()
        found = _mirror_in(machine._options())
    if not found:
        raise Failure(
            "apt on this machine names no reachable mirror of Debian.", NO_DEBIAN
        )
    return found


def _mirror_in(options: list[str]) -> str:
    targets = process.output(
        [
            *("apt-get", *options, "indextargets", "--format", "$(LABEL) $(REPO_URI)"),
            *("Identifier: Packages", "Origin: Debian"),
        ]
    )
    for line in targets.splitlines():
        label, _, address = line.partition(" ")
        if label == "Debian":
            return address
    return ""


def forget_lists() -> None:
    """The lists age, and are only needed while something is fetched."""
    shutil.rmtree(paths.cache() / "apt", ignore_errors=True)
