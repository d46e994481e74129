"""PostgreSQL's programs, the account that they run as, and the cluster's place."""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path

from . import debian, paths, state
from .console import Failure, step

# A Unix socket's path may have 107 bytes; ".s.PGSQL.5432" comes behind the folder.
LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.5432")


# ---- who and where -----------------------------------------------------------------


def account() -> pwd.struct_passwd | None:
    """Whom the server runs as, if not as ourselves: it refuses to run as root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Failure(
        "PostgreSQL does not run as root, and `postgres` and `nobody` do not exist.",
        "Run ./dev as an ordinary user.",
    )


def home() -> Path:
    """The cluster's folder: in the cache, unless the server could not work there.

    Root's cache is usually in a home that the server's account may not enter, and a
    socket's path must be short. Then it is a folder of its own (mode 700) under the
    system's folder for temporary files that outlive a restart; its name comes from the
    cache's.
    """
    inside = paths.cache() / "postgres"
    owner = account()
    socket_fits = len(bytes(inside / "socket")) <= LONGEST_SOCKET_FOLDER
    if socket_fits and (owner is None or _may_enter(owner, inside.parent)):
        return inside
    key = hashlib.sha256(bytes(paths.cache())).hexdigest()[:10]
    temporary = Path("/var/tmp")
    base = temporary if temporary.is_dir() else Path(tempfile.gettempdir())
    return base / f"supplier-evaluation-{os.getuid()}-{key}"


def _may_enter(owner: pwd.struct_passwd, folder: Path) -> bool:
    """Whether every folder on the way lets everybody (or this account) pass."""
    for part in (folder, *folder.parents):
        try:
            status = part.stat()
        except FileNotFoundError:
            continue
        bit = 0o100 if status.st_uid == owner.pw_uid else 0o001
        if not status.st_mode & bit:
            return False
    return True


# ---- the programs ------------------------------------------------------------------


@lru_cache(1)
def binaries() -> Path:
    """The folder of PostgreSQL's programs: the machine's, else Debian's, unpacked."""
    if found := _newest(Path("/")):
        return found
    if (initdb := shutil.which("initdb")) and shutil.which("pg_ctl"):
        return Path(initdb).resolve().parent
    root = private_root()
    mark = state.fingerprint("postgresql", 1)
    with state.lock():
        if not state.is_built(root, mark):
            state.need_space(1)
            _fetch(root, mark)
    return _newest(root) or root


def _fetch(root: Path, mark: str) -> None:
    try:
        with (
            step("Fetching PostgreSQL (about 30 MB)"),
            state.building(root, mark) as partial,
        ):
            debian.Suite().fetch_with_dependencies(["postgresql"], partial)
            if not _newest(partial):
                raise Failure("Debian's package postgresql brought no server.")
            partial.chmod(0o755)
    except Failure as failure:
        raise Failure(
            f"PostgreSQL is not installed, and could not be fetched: {failure.what}",
            "Install PostgreSQL 13 or newer (apt-get install postgresql), or set "
            "PGHOST, PGPORT and PGUSER to use a server of yours.",
        ) from failure


def private_root() -> Path:
    """Where programs are fetched to: the server's account can run them from there."""
    return home() / "programs"


def _newest(root: Path) -> Path | None:
    found = [
        path.parent
        for path in root.glob("usr/lib/postgresql/*/bin/pg_ctl")
        if (path.parent / "initdb").exists() and path.parts[-3].isdigit()
    ]
    return max(found, key=lambda folder: int(folder.parts[-2]), default=None)


def environment() -> dict[str, str]:
    """Fetched programs need the libraries that came with them."""
    result = {**os.environ, "LC_ALL": "C"}
    root = private_root()
    if binaries().is_relative_to(root):
        libraries = {str(file.parent) for file in root.glob("usr/lib/**/*.so.*")}
        result["LD_LIBRARY_PATH"] = os.pathsep.join(sorted(libraries))
    return result
