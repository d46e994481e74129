"""Opens screens in a browser and keeps their pictures; run by Odoo's Python.

Reads what is wanted as JSON from stdin, and writes a list of problems to stdout.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import websocket
from devtools import Tab, Unanswered

OPTIONS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"]
OPTIONS += ["--disable-dev-shm-usage", "--disable-background-networking"]
OPTIONS += ["--disable-component-update", "--hide-scrollbars"]
OPTIONS += ["--remote-debugging-port=0", "--force-prefers-reduced-motion"]
STARTING = 60
LOGIN = """
    document.querySelector('input[name=login]').value = 'admin';
    document.querySelector('input[name=password]').value = 'admin';
    document.querySelector('form.oe_login_form').submit();
"""
# A screen is there when its action is; pictures in it may still be drawn for a moment.
SHOWN = (
    "document.querySelector('.o_action_manager .o_view_controller,"
    " .o_action_manager > .o_action')"
)
FOUND = "document.querySelector(%s)"
PRESS = f"{FOUND}.click()"
DRAWN = "new Promise((done) => setTimeout(done, 700))"
TOO_WIDE = "document.documentElement.scrollWidth > window.innerWidth + 1"


def main() -> int:
    wanted = json.load(sys.stdin)
    with _browser(wanted["names"]) as tab:
        try:
            _log_in(tab, wanted["server"])
        except Unanswered as error:
            print(f"No login: {error}", *tab.errors, sep="\n", file=sys.stderr)
            return 1
        problems = [
            f"{name}, {width} pixels: {problem}"
            for width, height in wanted["sizes"]
            for name, address in wanted["screens"]
            for problem in _take(tab, wanted, name, address, (width, height))
        ]
    json.dump(problems, sys.stdout)
    return 0


def _log_in(tab, server):
    tab.go(f"{server}/web/login")
    tab.wait_for("document.querySelector('form.oe_login_form')")
    tab.evaluate(LOGIN)
    tab.wait_for("document.querySelector('.o_web_client')")


def _take(tab, wanted, name, address, size):
    """Keep the picture of a screen; return what is wrong with it."""
    tab.errors.clear()
    tab.resize(*size)
    try:
        tab.go("about:blank")
        tab.go(wanted["server"] + address)
        tab.wait_for(SHOWN)
        if name in wanted["presses"]:
            _press(tab, *wanted["presses"][name])
        tab.evaluate(DRAWN)
    except Unanswered as error:
        return [*tab.errors, str(error)]
    path = Path(wanted["folder"]) / f"{name}-{size[0]}.webp"
    path.write_bytes(tab.picture())
    print(f"  {path.parent.name}/{path.name}", file=sys.stderr, flush=True)
    too_wide = tab.evaluate(TOO_WIDE)
    return [*tab.errors, *(["it is wider than the window"] if too_wide else [])]


def _press(tab, buttons, opened):
    """Press one button after the other, and wait for what the last one opens."""
    for button in buttons:
        tab.wait_for(FOUND % json.dumps(button))
        tab.evaluate(PRESS % json.dumps(button))
    tab.wait_for(FOUND % json.dumps(opened))


@contextmanager
def _browser(names):
    """A tab of a browser that ends with the block."""
    found = next(filter(None, map(shutil.which, names)))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [found, f"--user-data-dir={profile}", *OPTIONS, "about:blank"]
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            address = _address(Path(profile) / "DevToolsActivePort")
            socket = websocket.create_connection(address, suppress_origin=True)
            yield Tab(socket, websocket.WebSocketTimeoutException)
            socket.close()
        finally:
            process.terminate()
            process.wait()


def _address(file: Path) -> str:
    """Where the first tab listens; the browser writes its port to a file."""
    end = time.monotonic() + STARTING
    while time.monotonic() < end:
        if file.exists() and (lines := file.read_text().split()):
            listed = f"http://127.0.0.1:{lines[0]}/json/list"
            with urllib.request.urlopen(listed, timeout=STARTING) as answer:
                tabs = json.load(answer)
            return next(
                tab["webSocketDebuggerUrl"] for tab in tabs if tab["type"] == "page"
            )
        time.sleep(0.1)
    raise TimeoutError("The browser does not start.")


if __name__ == "__main__":
    sys.exit(main())
