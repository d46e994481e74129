"""Builds the wheel, installs it beside Odoo, and makes databases from there.

No database outlives the block.
"""

from __future__ import annotations

import configparser
import json
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from .. import addons, database, odoo, paths, process, session, state, venv
from ..console import Failure

INSIDE = paths.TOOLS / "wheel" / "inside"
LOG = "wheel-{}"


class Workshop:
    def __init__(self, prefix: str, folder: Path):
        self.prefix = prefix
        self.folder = folder
        self._databases: list[str] = []

    @cached_property
    def wheels(self) -> dict[str, Path]:
        """The wheels of the add-on and its bridges, built from this checkout."""
        with state.lock():
            python = venv.ensure("wheel", ["wheel"])
        command = [python, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation"]
        wheels = {}
        for addon in addons.found():
            made = self.folder / "dist" / addon.name
            self._run([*command, "--wheel-dir", made, addon.folder], "build")
            (wheels[addon.name],) = made.glob("*.whl")
        return wheels

    @cached_property
    def python(self) -> Path:
        """A Python that finds Odoo and has the wheels; it knows no checkout.

        The wheels ask for Odoo, which no package index has.
        """
        python = venv.beside(self.folder / "venv", session.current().runtime.python)
        command = [python, "-m", "pip", "install", "--no-deps", "--no-index"]
        self._run([*command, *self.wheels.values()], "install")
        return python

    @cached_property
    def settings(self) -> Path:
        """Odoo's usual configuration, without the checkout on the add-ons path."""
        parser = configparser.RawConfigParser()
        parser.read(odoo.configuration())
        folders = session.current().runtime.addons
        parser["options"]["addons_path"] = ",".join(map(str, folders))
        path = self.folder / "odoo.conf"
        with path.open("w") as handle:
            parser.write(handle)
        return path

    def database(self, name: str, modules: tuple[str, ...], *, demo: bool) -> str:
        """A database with the add-on, installed from the wheel."""
        full = self.prefix + name
        self._databases.append(full)
        database.clone(database.template(modules, demo=demo), full)
        self.odoo(full, ["-i", addons.MAIN, *["--with-demo"] * demo])
        return full

    def odoo(self, db: str, arguments: Sequence[str]) -> None:
        """Run Odoo on a database to its end."""
        command = [self.python, session.current().runtime.command, *arguments]
        log = f"odoo-{db.removeprefix(self.prefix)}"
        self._run_odoo([*command, "-d", db, "--stop-after-init", "--no-http"], log)

    def look(self, db: str) -> dict:
        """What Odoo finds in the database."""
        answer = self.folder / f"{db}.json"
        script = odoo.call_of_main(INSIDE / "look.py", {"answer": str(answer)})
        command = [self.python, session.current().runtime.command, "shell"]
        options = ["-d", db, "--no-http", "--log-level", "warn"]
        self._run_odoo([*command, *options], "look", input=script.encode())
        return json.loads(answer.read_text())

    def close(self) -> None:
        for name in self._databases:
            database.drop(name)

    def _run_odoo(self, command: Sequence[str | Path], what: str, **popen) -> None:
        env = odoo.environment({"ODOO_RC": str(self.settings)})
        self._run(command, what, env, **popen)

    def _run(
        self,
        command: Sequence[str | Path],
        what: str,
        env: Mapping[str, str] | None = None,
        **popen,
    ) -> None:
        log = LOG.format(what)
        process.run(
            command,
            log=log,
            failure=f"Wheel: {what} failed.",
            hint=f"The whole output: {paths.logs() / log}.log",
            env=env,
            cwd=self.folder,
            **popen,
        )


_current: list[Workshop] = []


@contextmanager
def opened(prefix: str):
    with tempfile.TemporaryDirectory() as folder:
        workshop = Workshop(prefix, Path(folder))
        _current.append(workshop)
        try:
            yield workshop
        finally:
            _current.clear()
            workshop.close()


def current() -> Workshop:
    if not _current:
        raise Failure("No workshop is open.", "Run it as ./dev test wheel.")
    return _current[0]
