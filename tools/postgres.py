"""The database server: the user's, or a private throw-away cluster.

PGHOST, PGPORT or PGUSER set by the user means: use that server, and change none of its
settings. Otherwise a cluster in the cache, reached through a Unix socket in a folder
that only its owner may enter. It runs while at least one ./dev needs it.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from . import paths, pg_programs, process, state
from .console import Failure, say, step

# Odoo refuses to work as `postgres`.
ROLE = "odoo"
PORT = 5432
# Nothing in this cluster outlives a power cut, and nothing has to.
SETTINGS = {
    "listen_addresses": "''",
    "port": PORT,
    "max_connections": 100,
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "512MB",
    "work_mem": "64MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "4GB",
    "jit": "off",
    "random_page_cost": 1.1,
    "log_timezone": "'GMT'",
    "timezone": "'GMT'",
}


@dataclass(frozen=True)
class Connection:
    """How a client reaches the server; empty means the client library's default."""

    host: str = ""
    port: str = ""
    user: str = ""

    @property
    def environment(self) -> dict[str, str]:
        named = {"PGHOST": self.host, "PGPORT": self.port, "PGUSER": self.user}
        return {key: value for key, value in named.items() if value}


def users_own() -> Connection | None:
    """The server that the user's environment names, if it does."""
    host, port, user = (
        os.environ.get(name, "") for name in ("PGHOST", "PGPORT", "PGUSER")
    )
    if not (host or port or user):
        return None
    if user == "postgres":
        raise Failure(
            "PGUSER is `postgres`, and Odoo refuses to work as that role.",
            "Create a role that may create databases (createuser --createdb odoo), "
            "and set PGUSER to it.",
        )
    return Connection(host, port, user)


@contextmanager
def running():
    """Yield a `Connection` to a server that runs at least as long as the block."""
    if own := users_own():
        yield own
        return
    cluster = Cluster()
    users = (paths.cache() / "postgres.users").open("a")
    try:
        # Shared by all who use the server; who can have it alone is the last one.
        fcntl.flock(users, fcntl.LOCK_SH)
        with state.lock("postgres"):
            cluster.start()
        yield Connection(str(cluster.socket), str(PORT), ROLE)
    finally:
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            cluster.stop()
        except OSError:
            pass  # another ./dev still uses it
        users.close()


def remove_cluster() -> None:
    """Delete the private cluster and all its databases, unless it is in use."""
    paths.cache().mkdir(parents=True, exist_ok=True)
    with (paths.cache() / "postgres.users").open("a") as users:
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Failure(
                "Another ./dev is at work on the databases.", "End it first."
            ) from error
        Cluster().remove()


class Cluster:
    """The private cluster."""

    def __init__(self):
        self.account = pg_programs.account()
        self.home = pg_programs.home()
        self.data = self.home / "data"
        self.socket = self.home / "socket"

    def start(self) -> None:
        programs = pg_programs.binaries()
        self._makehome()
        if self._is_running(programs):
            return
        self._drop_if_of_another_version(programs)
        if not self.data.exists():
            self._create(programs)
        # Its output must not stay on our pipes: the server outlives this process's.
        self._run(
            [programs / "pg_ctl", "-D", self.data, "-w", "-t", "60"]
            + ["-l", self.home / "server.log", "-o", f"-k {self.socket}", "start"],
            failure="The private PostgreSQL server does not start.",
            hint=f"See {self.home / 'server.log'}; `./dev clean` makes a new one.",
        )

    def stop(self) -> None:
        if not (self.data / "postmaster.pid").exists():
            return
        programs = pg_programs.binaries()
        self._run(
            [programs / "pg_ctl", "-D", self.data, "-m", "fast", "-w", "stop"],
            failure="The private PostgreSQL server does not stop.",
        )

    def remove(self) -> None:
        """Stop the server and delete all its databases."""
        if self.data.exists():
            self.stop()
        shutil.rmtree(self.home, ignore_errors=True)

    def _create(self, programs: Path) -> None:
        partial = self.home / "data.partial"
        shutil.rmtree(partial, ignore_errors=True)
        with step("Creating a private PostgreSQL cluster"):
            self._run(
                [programs / "initdb", "-D", partial, "-U", ROLE, "-A", "trust"]
                + ["-E", "UTF8", "--locale", "C", "--no-sync"],
                failure="A private PostgreSQL cluster could not be created.",
                hint="Or set PGHOST, PGPORT and PGUSER to use a server of yours.",
            )
            with (partial / "postgresql.conf").open("a") as conf:
                conf.writelines(f"{key} = {value}\n" for key, value in SETTINGS.items())
            partial.rename(self.data)

    def _drop_if_of_another_version(self, programs: Path) -> None:
        version = self.data / "PG_VERSION"
        if not version.exists():
            return
        printed = process.output(
            [programs / "postgres", "--version"], env=pg_programs.environment()
        )
        wanted = printed.split()[2].split(".")[0] if printed else ""
        if wanted and version.read_text().strip() != wanted:
            say(f"  PostgreSQL is now {wanted}: the private databases are made anew.")
            shutil.rmtree(self.data)

    def _makehome(self) -> None:
        for folder in (self.home, self.socket):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if self.account and folder.stat().st_uid == 0:
                os.chown(folder, self.account.pw_uid, self.account.pw_gid)
        owner = self.account.pw_uid if self.account else os.getuid()
        if self.home.stat().st_uid != owner or self.home.is_symlink():
            raise Failure(
                f"{self.home} belongs to somebody else.",
                "Remove it, or set SUPPLIER_EVALUATION_CACHE to another folder.",
            )
        self.home.chmod(0o700)

    def _is_running(self, programs: Path) -> bool:
        if not (self.data / "postmaster.pid").exists():
            return False
        status = [programs / "pg_isready", "-q", "-h", self.socket, "-p", str(PORT)]
        log = {"log": "postgres-status", "failure": "-"}
        try:
            process.run(status, env=pg_programs.environment(), **log)
        except Failure:
            return False
        return True

    def _run(self, command: list, *, failure: str, hint: str = "") -> None:
        """Run one of PostgreSQL's programs as the account that owns the cluster."""
        extra = {}
        if self.account:
            extra = {"user": self.account.pw_uid, "group": self.account.pw_gid}
            extra["extra_groups"] = []
        process.run(
            command,
            log=f"postgres-{Path(command[0]).name}",
            failure=failure,
            hint=hint,
            env=pg_programs.environment(),
            cwd=self.home,
            pass_fds=(),  # the server lives on, and must hold no lock
            **extra,
        )
