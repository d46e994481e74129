"""Running Odoo with the tool's configuration.

All functions need an open session (``with session.opened():``).
"""

from __future__ import annotations

import configparser
import os
import re
import signal
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from . import network, paths, printer, session
from .console import Failure, Step
from .process import tail

# How many seconds a server may take until it answers.
STARTING = 180
LOADING = re.compile(r"Loading module (\S+) \((\d+)/(\d+)\)")


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of every Odoo process: where its configuration and server are."""
    current = session.current()
    result = {**os.environ, **current.server.environment, "PYTHONUNBUFFERED": "1"}
    result["ODOO_RC"] = str(configuration())
    if current.runtime.pythonpath:
        result["PYTHONPATH"] = str(current.runtime.pythonpath)
    result.update(extra or {})
    result.update(printer.environment(result["PATH"]))
    return result


def configuration(*more: Path) -> Path:
    """Odoo's configuration file for this checkout; the user's own is never read.

    No password is in it: Odoo's database driver takes PGPASSWORD from the environment.

    :param more: further folders with add-ons, of lists that were fetched: what is run
        with them has a file of its own
    """
    current = session.current()
    folders = [*current.runtime.addons, paths.CHECKOUT, *more]
    options = {
        "addons_path": ",".join(map(str, folders)),
        "data_dir": str(paths.data_dir()),
        "db_host": current.server.host or "False",
        "db_port": current.server.port or "False",
        "db_user": current.server.user or "False",
        "list_db": "False",
        "workers": "0",
        "max_cron_threads": "0",
        "http_interface": "127.0.0.1",
        "screenshots": str(paths.cache() / "screenshots"),
    }
    parser = configparser.RawConfigParser()
    parser["options"] = options
    name = "-".join([paths.checkout_key(), *(folder.parts[-3] for folder in more)])
    path = paths.cache() / "conf" / f"{name}.conf"
    path.parent.mkdir(exist_ok=True)
    partial = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
    with partial.open("w") as handle:
        parser.write(handle)
    partial.rename(path)
    return path


def command(arguments: Sequence[str]) -> list[str]:
    current = session.current()
    return [str(current.runtime.python), str(current.runtime.command), *arguments]


def call(arguments: Sequence[str]) -> int:
    """Run Odoo in the foreground, on the user's terminal; its exit status."""
    process = subprocess.Popen(
        command(arguments), env=environment(), cwd=paths.CHECKOUT
    )
    # Ctrl-C goes to Odoo too, which shuts down in order; we only wait for it.
    previous = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return process.wait()
    except BaseException:
        _end(process)
        raise
    finally:
        signal.signal(signal.SIGINT, previous)


@contextmanager
def serving(db: str, port: int, log: Path, more: Sequence[str] = ()):
    """The web client on a database and a port, until the block ends.

    :param more: further options of Odoo's
    :raises Failure: it does not answer
    """
    arguments = ["-d", db, "--http-port", str(port), "--max-cron-threads", "0", *more]
    with log.open("w") as output:
        server = subprocess.Popen(
            command(arguments),
            env=environment(),
            cwd=paths.CHECKOUT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_for(server, port, log)
            yield
        finally:
            _end(server)


def _wait_for(server: subprocess.Popen, port: int, log: Path) -> None:
    end = time.monotonic() + STARTING
    while server.poll() is None and time.monotonic() < end:
        try:
            address = f"http://{network.HOST}:{port}/web/health"
            with urllib.request.urlopen(address, timeout=STARTING):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    raise Failure(f"Odoo does not answer:\n{tail(log)}", f"See {log}.")


def run(
    arguments: Sequence[str],
    *,
    db: str,
    log: Path,
    progress: Step | None = None,
    on_line: Callable[[str], None] | None = None,
    env: Mapping[str, str] | None = None,
) -> int:
    """Run Odoo to its end on `db`: its output to `log`, its progress to the user."""

    firsts: dict[int, int] = {}

    def watch(line: str) -> None:
        if progress and (loading := LOADING.search(line)):
            number, total = int(loading[2]), int(loading[3])
            # Odoo counts those that are installed already, too, and only loads them.
            first = firsts.setdefault(total, number)
            share = (number - first) / (total - first + 1)
            progress.update(f"{number}/{total} {loading[1]}", share)
        if on_line:
            on_line(line)

    return _stream(command([*arguments, "-d", db]), env=env, log=log, on_line=watch)


def run_script(
    path: Path | str,
    *,
    db: str,
    args: object = None,
    env: Mapping[str, str] | None = None,
) -> int:
    """Run ``main(env, args)`` of the Python file `path` on `db`; 0 if it returned.

    It is Odoo's own shell that runs it: `env` in the script is a superuser
    environment; `args` is what was given here. The script commits what it wants to
    keep. Its output is shown as it comes. An exception in it is shown with its
    traceback and makes the result 1.
    """
    done = subprocess.run(
        _shell(db),
        env=environment(env),
        input=call_of_main(path, args),
        text=True,
        check=False,
    )
    return done.returncode


def start_script(
    path: Path | str,
    *,
    db: str,
    args: object = None,
    log: Path,
    env: Mapping[str, str] | None = None,
) -> subprocess.Popen:
    """Start what `run_script` runs, its output to `log`; the caller ends it."""
    with log.open("w") as output:
        process = subprocess.Popen(
            _shell(db),
            env=environment(env),
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
        )
    with process.stdin as stdin:
        stdin.write(call_of_main(path, args))
    return process


def _shell(db: str) -> list[str]:
    return command(["shell", "-d", db, "--no-http", "--log-level", "warn"])


def call_of_main(path: Path | str, args: object) -> str:
    """What the shell is given to read: it runs it with an `env`."""
    return f"import runpy; runpy.run_path({str(path)!r})['main'](env, {args!r})\n"


def _stream(
    full: Sequence[str],
    *,
    env: Mapping[str, str] | None,
    log: Path,
    on_line: Callable[[str], None],
) -> int:
    """Run a program; each line of its output goes to the log and to `on_line`."""
    process = subprocess.Popen(
        full,
        env=environment(env),
        cwd=paths.CHECKOUT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    try:
        with log.open("w") as output:
            for line in _lines(process):
                output.write(line)
                output.flush()
                on_line(line.rstrip("\n"))
        return process.wait()
    except BaseException:
        _end(process)
        raise


def _end(process: subprocess.Popen) -> None:
    """Leave no Odoo behind when we are told to stop."""
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()


def _lines(process: subprocess.Popen) -> Iterable[str]:
    return process.stdout or ()
