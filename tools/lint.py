"""pre-commit, with Node.js for its hooks, in a pinned environment of its own."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from . import paths, process, state, venv
from .console import Failure


def run() -> bool:
    """Run all hooks on all files; True if none found or mended anything."""
    names = files()
    with state.lock():
        python = venv.ensure("lint", ["lint"])
    done = subprocess.run(
        [python, "-m", "pre_commit", "run", "--files", *names],
        cwd=paths.CHECKOUT,
        env=environment(python.parent),
        check=False,
    )
    return done.returncode == 0


def files() -> list[str]:
    """What git has or would take: `--all-files` passes over files not yet added."""
    command = ["git", "-C", paths.CHECKOUT, "ls-files"]
    options = ["-z", "--cached", "--others", "--exclude-standard", "--deduplicate"]
    listed = process.output([*command, *options])
    if not listed:
        raise Failure(
            "pre-commit looks at the files that git knows, and git names none here.",
            "git must be installed, and this be a clone: see what `git status` says.",
        )
    return listed.rstrip("\0").split("\0")


def environment(programs: Path) -> dict[str, str]:
    """The hooks find the pinned Node.js first, and are kept in the tool's cache."""
    path = os.pathsep.join([str(programs), os.environ.get("PATH", os.defpath)])
    return {
        # It trusts whom the machine trusts, such as a company's proxy.
        "NODE_USE_SYSTEM_CA": "1",
        **os.environ,
        "PATH": path,
        "PRE_COMMIT_HOME": str(paths.cache() / "pre-commit"),
    }
