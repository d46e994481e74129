"""Steps that survive an interruption at any moment, and one builder at a time.

A thing is built beside its final place and renamed when complete; its stamp holds the
fingerprint of what it was made from. No stamp, or another one: it is built anew.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from contextlib import contextmanager
from pathlib import Path

from . import paths
from .console import Failure, say

STAMP = ".complete"
# The locks that this process holds: a lock within itself changes nothing.
_held: dict[str, int] = {}


def fingerprint(*parts: object) -> str:
    """A short digest of `parts`; a file counts by its content."""
    digest = hashlib.sha256()
    for part in parts:
        is_file = isinstance(part, Path) and part.is_file()
        content = part.read_bytes() if is_file else str(part).encode()
        digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()[:16]


def is_built(folder: Path, mark: str) -> bool:
    try:
        return (folder / STAMP).read_text() == mark
    except OSError:
        return False


def set_stamp(folder: Path, mark: str) -> None:
    (folder / STAMP).write_text(mark)


@contextmanager
def building(folder: Path, mark: str):
    """Yield an empty folder that takes the place of `folder` if the block succeeds."""
    partial = folder.with_name(folder.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    yield partial
    set_stamp(partial, mark)
    shutil.rmtree(folder, ignore_errors=True)
    partial.rename(folder)


def need_space(gigabytes: float) -> None:
    """Fail early, with a number, rather than in the middle of an unpacking."""
    try:
        paths.cache().mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(paths.cache()).free / 1e9
    except OSError as error:
        raise Failure(
            f"The cache folder {paths.cache()} cannot be used: {error.strerror}.",
            "Set SUPPLIER_EVALUATION_CACHE to a folder that you can write to.",
        ) from error
    if free < gigabytes:
        raise Failure(
            f"{paths.cache()} has {free:.1f} GB free; {gigabytes:.1f} GB are needed.",
            "Free some space, or set SUPPLIER_EVALUATION_CACHE to another disk.",
        )


@contextmanager
def lock(name: str = "build"):
    """Only one ./dev at a time builds; the others wait and then find it built."""
    if name in _held:
        yield
        return
    need_space(0.05)
    with (paths.cache() / f"{name}.lock").open("a+") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            handle.seek(0)
            other = handle.read().strip() or "?"
            say(f"  Waiting for another ./dev (process {other}) …")
            fcntl.flock(handle, fcntl.LOCK_EX)
        handle.seek(0)
        handle.truncate()
        handle.write(str(os.getpid()))
        handle.flush()
        _held[name] = handle.fileno()
        try:
            yield
        finally:
            del _held[name]


def held_locks() -> tuple[int, ...]:
    """The open files of the held locks, for programs that work under them to inherit.

    If this process is killed, its program goes on for a while: the lock is free only
    when that has ended, too, and nobody else builds in the same folder meanwhile.
    """
    return tuple(_held.values())
