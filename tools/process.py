"""Running other programs, with their output kept for when they fail."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from . import paths, state
from .console import Failure

# Lines of a failed program's output that are shown; the rest is in its log.
SHOWN_LINES = 12


def run(
    command: Sequence[str | Path],
    *,
    log: str,
    failure: str,
    hint: str = "",
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    **popen,
) -> None:
    """Run `command` to its end; on failure say `failure` and its last lines."""
    path = paths.logs() / f"{log}.log"
    popen.setdefault("pass_fds", state.held_locks())
    if "input" not in popen:
        popen.setdefault("stdin", subprocess.DEVNULL)
    with path.open("wb") as output:
        try:
            done = subprocess.run(
                [str(part) for part in command],
                stdout=output,
                stderr=subprocess.STDOUT,
                env=env,
                cwd=cwd,
                check=False,
                **popen,
            )
        except OSError as error:
            raise Failure(f"{failure} ({error})", hint) from error
    if done.returncode:
        raise Failure(f"{failure}\n{tail(path)}", hint or f"The whole output: {path}")


def output(command: Sequence[str | Path], env: Mapping[str, str] | None = None) -> str:
    """What `command` prints, or an empty text if it cannot be run or fails."""
    try:
        done = subprocess.run(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            env=env,
            check=False,
        )
    except OSError:
        return ""
    return done.stdout if done.returncode == 0 else ""


def tail(path: Path, lines: int = SHOWN_LINES) -> str:
    text = path.read_text(errors="replace").rstrip().splitlines()
    return "\n".join(f"    {line}" for line in text[-lines:])


def which(*names: str) -> str | None:
    return next(filter(None, map(shutil.which, names)), None)
