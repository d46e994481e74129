"""A streaming standby of the private server: made for a measurement, then removed."""

from __future__ import annotations

import time
from pathlib import Path

from ... import database, pg_programs, postgres, state
from ...console import Failure, step

CATCHING_UP = 120
PAUSE = 0.1
# It logs every statement: that is how one sees who reads from it.
OPTIONS = ("shared_buffers=128MB", "log_statement=all", "log_line_prefix=%d|")
STREAMS = (
    "SELECT current_setting('wal_level') <> 'minimal' AND "
    "current_setting('max_wal_senders')::integer "
    # One that streams, and one that copies meanwhile.
    ">= 2 + (SELECT COUNT(*) FROM pg_stat_replication)"
)
ADMITTED = (
    "SELECT 1 FROM pg_hba_file_rules WHERE type = 'local' AND auth_method = 'trust' "
    "AND 'replication' = ANY(database)"
)


class Standby(postgres.Cluster):
    """``with Standby() as standby``: it follows the private server inside the block."""

    def __init__(self):
        super().__init__()
        self.primary_socket = self.socket
        self.home = self.home / "standby"
        self.data = self.home / "data"
        self.socket = self.home / "socket"
        self.log = self.home / "server.log"

    def __enter__(self):
        self.remove()  # what an interrupted one left
        _allow_replication()
        state.need_space(1 + _gigabytes())
        with step("Copying the server to a standby (pg_basebackup)"):
            self.start()
            self.catch_up()
        return self

    def __exit__(self, *_exception) -> None:
        self.remove()

    def query(
        self, statement: str, *values: object, db: str = "postgres"
    ) -> list[list]:
        """The rows that a statement returns on the standby."""
        return database.query(statement, *values, database=db, host=str(self.socket))

    def catch_up(self) -> None:
        """Wait until it has all that was committed on the first server so far."""
        ((wanted,),) = database.query("SELECT pg_current_wal_lsn()::text")
        end = time.monotonic() + CATCHING_UP
        while time.monotonic() < end:
            statement = "SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn"
            if self.query(statement, wanted)[0][0]:
                return
            time.sleep(PAUSE)
        raise Failure("The standby does not follow.", f"See {self.log}.")

    def pause(self) -> None:
        """Stop showing what is committed; it is received still."""
        self.query("SELECT pg_wal_replay_pause()")
        while not self.query("SELECT pg_is_wal_replay_paused()")[0][0]:
            time.sleep(PAUSE)

    def resume(self) -> None:
        self.query("SELECT pg_wal_replay_resume()")

    def statements_since(self, position: int, db: str) -> tuple[list[str], int]:
        """Statements on a database that were logged behind a position; the new one."""
        with self.log.open("rb") as log:
            log.seek(position)
            text = log.read().decode(errors="replace")
            position = log.tell()
        # A statement of several lines goes on with a tab.
        entries = text.replace("\n\t", " ").splitlines()
        mark = f"{db}|LOG:  statement: "
        return [
            entry[len(mark) :] for entry in entries if entry.startswith(mark)
        ], position

    def start(self) -> None:
        programs = pg_programs.binaries()
        self._makehome()
        self._create(programs)
        options = " ".join([f"-k {self.socket}", *(f"-c '{each}'" for each in OPTIONS)])
        self._run(
            [programs / "pg_ctl", "-D", self.data, "-w", "-t", "120", "-l", self.log]
            + ["-o", options, "start"],
            failure="The standby does not start.",
            hint=f"See {self.log}.",
        )

    def _create(self, programs: Path) -> None:
        source = f"host={self.primary_socket} port={postgres.PORT} user={postgres.ROLE}"
        self._run(
            [programs / "pg_basebackup", "-D", self.data, "-d", source]
            # -R writes primary_conninfo and the file that makes it a standby.
            + ["-R", "-X", "stream", "-c", "fast", "--no-sync"],
            failure="The private server could not be copied.",
        )


def refuse_users_server() -> None:
    """A server of the user's is not copied, and none of its settings are changed."""
    if postgres.users_own():
        raise Failure(
            "--replica makes a standby of the private server, and PGHOST, PGPORT or "
            "PGUSER name yours.",
            "Unset them for this command.",
        )


def _allow_replication() -> None:
    """Let a standby in; what a running server cannot change is said.

    The servers that ./dev makes allow it: PostgreSQL's own defaults do.
    """
    if not database.query(STREAMS)[0][0]:
        raise Failure(
            "The private server lets no standby in: wal_level is `minimal`, or "
            "max_wal_senders is too low. Both change only when it starts.",
            "End every ./dev, remove these lines from postgresql.conf in its folder, "
            "and run this again; or make a new server: ./dev clean.",
        )
    if not database.query(ADMITTED):
        ((file,),) = database.query("SHOW hba_file")
        with Path(file).open("a") as rules:
            rules.write("local replication all trust\n")
        database.query("SELECT pg_reload_conf()")


def _gigabytes() -> float:
    ((size,),) = database.query(
        "SELECT SUM(pg_database_size(oid))::bigint FROM pg_database"
    )
    return size / 1e9
