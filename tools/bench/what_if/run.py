"""Opens the page in a browser, and reports how fast it ranks again."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from ... import addons, browser, network, paths
from ...console import Failure, step
from . import PAGE

MODULES = paths.CHECKOUT / addons.MAIN / "static" / "src" / "trial"
# From a slider that is moved to the new order of all suppliers.
LIMIT_MS = 100
FIGURES = re.compile(r'<pre id="figures">(\{.*?\})</pre>', re.DOTALL)
SECONDS = 120


def run() -> dict:
    """Measure in a headless browser; the figures."""
    with step("What-if in a browser"), _serving() as address:
        page = _opened(address)
    found = FIGURES.search(page)
    if not found:
        raise Failure(f"The browser measured nothing:\n{page[-1500:]}")
    return {"what_if": json.loads(found[1])}


def targets(figures: dict) -> Iterator[tuple[str, str, bool]]:
    """Yield ``(target, what was measured, whether it is met)``."""
    measured = figures.get("what_if")
    if measured:
        slowest = max(measured["weight_slowest_ms"], measured["scale_slowest_ms"])
        yield (
            "what-if, {suppliers:,} suppliers and {kpis} KPIs ranked again in the "
            "browser: less than 100 ms".format(**measured),
            f"{slowest:.0f} ms at most",
            slowest < LIMIT_MS,
        )


def rows(figures: dict) -> list[tuple[str, str]]:
    """The milliseconds, for people."""
    measured = figures.get("what_if")
    if not measured:
        return []
    return [
        ("what-if in a browser, a weight", "{:.0f} ms".format(measured["weight_ms"])),
        ("  a scale", "{:.0f} ms".format(measured["scale_ms"])),
        ("  the first time", "{:.0f} ms".format(measured["first_ms"])),
        (
            "  {draws:,} draws of the weights".format(**measured),
            "{:.0f} ms, in turns".format(measured["draws_ms"]),
        ),
    ]


def is_met(figures: dict) -> bool:
    """Whether it is fast enough."""
    return all(met for _target, _measured, met in targets(figures))


def table(figures: dict) -> str:
    """The figures for people."""
    lines = [f"{name:38}{text}" for name, text in rows(figures)]
    for target, measured, met in targets(figures):
        lines.append(f"{'pass' if met else 'MISS'}  {target}: {measured}")
    return "\n".join(lines)


class _Handler(BaseHTTPRequestHandler):
    """Hands out the page and the modules that it imports, and nothing else."""

    def do_GET(self):
        name = self.path.lstrip("/")
        file = MODULES / f"{name}.js"
        if not name:
            self._send(PAGE, "text/html")
        elif file.name in {each.name for each in MODULES.glob("*.esm.js")}:
            self._send(MODULES / file.name, "text/javascript")
        else:
            self.send_error(404)

    def _send(self, file: Path, kind: str):
        body = file.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args):
        """Nobody asks who asked for a page."""


@contextmanager
def _serving():
    """Serve the page; yield its address."""
    server = ThreadingHTTPServer((network.HOST, 0), _Handler)
    thread = threading.Thread(target=partial(server.serve_forever, 0.1), daemon=True)
    thread.start()
    try:
        yield f"http://{network.HOST}:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def _opened(address: str) -> str:
    """Return the page as it is once it is loaded, and has measured."""
    environment = {**os.environ, **browser.environment()}
    path = environment["PATH"]
    command = next(
        filter(None, (shutil.which(name, path=path) for name in browser.NAMES))
    )
    with tempfile.TemporaryDirectory() as profile:
        try:
            done = subprocess.run(
                [command, f"--user-data-dir={profile}", *browser.PROBE[:-1], address],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=SECONDS,
                env=environment,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise Failure("The browser did not end within two minutes.") from error
    if done.returncode:
        raise Failure(f"The browser failed:\n{done.stderr[-1500:]}")
    return done.stdout
