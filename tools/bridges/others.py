"""Add-ons of others: fetched from PyPI, pinned, each list in a folder of the cache.

They are on the add-ons path only where a bridge to them is tested, and nowhere else.
"""

from __future__ import annotations

from pathlib import Path

from .. import odoo, paths, process, session, state
from ..addons import Addon
from ..console import step

# The bridges whose other side does not come with Odoo, and what that is.
OTHERS = {"supplier_evaluation_quality_control": ("quality_control_oca",)}
# Their list, by the name of its file.
LIST = "bridges"


def environment(bridge: Addon) -> dict[str, str]:
    """What Odoo's process needs to find the other side of a bridge.

    :raises Failure: it cannot be had
    """
    if bridge.name not in OTHERS:
        return {}
    return {"ODOO_RC": str(odoo.configuration(fetched(LIST)))}


def fetched(name: str) -> Path:
    """The folder with the add-ons that a list in ``requirements`` names.

    :raises Failure: they cannot be had
    """
    requirements = paths.REQUIREMENTS / f"{name}.txt"
    mark = state.fingerprint(requirements)
    root = paths.cache() / name
    with state.lock():
        if not state.is_built(root, mark):
            with (
                step("Fetching add-ons of the OCA"),
                state.building(root, mark) as partial,
            ):
                _fetch(requirements, partial)
    return root / "odoo" / "addons"


def _fetch(requirements: Path, folder: Path) -> None:
    python = session.current().runtime.python
    command = [python, "-m", "pip", "install", "--no-input", "--no-deps"]
    command += ["--disable-pip-version-check", "--target", folder]
    process.run(
        [*command, "-r", requirements],
        log="pip",
        failure=f"Add-ons of the OCA ({requirements.name}) could not be fetched.",
        hint=(
            "Is the network up, and pip's index reachable? The same command retries. "
            f"The whole output: {paths.logs() / 'pip.log'}"
        ),
    )
