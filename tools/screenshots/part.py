"""Takes the pictures of one language: a server, a browser, and a file for each."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from .. import browser, database, network, odoo, paths, session
from ..commands.demo import database_of
from ..console import Failure, step
from ..demo.words import ENGLISH
from .screens import SCREENS, SIZES

SCRIPT = paths.TOOLS / "screenshots" / "inside" / "shoot.py"
FOLDER = paths.CHECKOUT / "docs" / "screenshots"


def require(lang: str) -> str:
    """The demo's database in a language.

    :raises Failure: there is none
    """
    name = database_of(lang)
    if not database.exists(name):
        option = "" if lang == ENGLISH else f" --lang {lang}"
        raise Failure(
            f"There is no database `{name}`, of which the pictures are taken.",
            f"Make it: ./dev demo{option}",
        )
    return name


def take(lang: str, wanted: list[str]) -> list[str]:
    """Take the pictures of a language; return what is wrong with its screens.

    :param wanted: names of screens; none are all of them
    """
    name = require(lang)
    screens = addresses(name, wanted)
    log = paths.logs() / "screenshots.log"
    port = network.free_port()
    with step(f"Screenshots of {name}"), odoo.serving(name, port, log):
        told = _shoot(
            {
                "server": f"http://{network.HOST}:{port}",
                "screens": screens,
                "presses": {
                    one.name: (one.press, one.opens) for one in SCREENS if one.press
                },
                "sizes": SIZES,
                "folder": str(_folder(lang)),
                "names": browser.NAMES,
            },
            log,
        )
    return [f"{lang}: {problem}" for problem in told]


def addresses(name: str, wanted: list[str]) -> list[tuple[str, str]]:
    """Names and addresses of the screens that a database has.

    :raises Failure: an action, or the record that a screen shows, is missing
    """

    def look_up(statement):
        rows = database.query(statement, database=name)
        if not rows or rows[0][0] is None:
            raise Failure(
                f"The database `{name}` has nothing to show in {screen.name}.",
                "Make it anew: ./dev demo --fresh, with its --lang.",
            )
        return rows[0][0]

    existing = _actions(name)
    result = []
    for screen in SCREENS:
        if wanted and screen.name not in wanted:
            continue
        if screen.action not in existing:
            raise Failure(
                f"The database `{name}` has no action {screen.action}, which is the "
                f"screen {screen.name}.",
                "Make it anew (./dev demo --fresh, with its --lang), or name another "
                "action in tools/screenshots/screens.py.",
            )
        result.append((screen.name, screen.address(look_up)))
    return result


def _actions(name):
    rows = database.query(
        "SELECT module || '.' || name FROM ir_model_data "
        "WHERE model LIKE 'ir.actions.%'",
        database=name,
    )
    return {action for (action,) in rows}


def _folder(lang: str) -> Path:
    folder = FOLDER / lang
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _shoot(wanted: dict, log: Path) -> list[str]:
    """Run the browser in Odoo's Python, which has what speaks to it."""
    done = subprocess.run(
        [session.current().runtime.python, SCRIPT],
        input=json.dumps(wanted),
        stdout=subprocess.PIPE,
        text=True,
        env=odoo.environment(browser.environment()),
        check=False,
    )
    if done.returncode:
        raise Failure(
            "The browser could not take the pictures; see above.",
            f"What the server said is in {log}.",
        )
    return json.loads(done.stdout)
