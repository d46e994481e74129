"""What one ./dev works with: an Odoo and a database server, opened once."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass

from . import postgres, runtime
from .console import Failure


@dataclass(frozen=True)
class Session:
    runtime: runtime.Runtime
    server: postgres.Connection

    @property
    def is_users_server(self) -> bool:
        return postgres.users_own() is not None


_current: list[Session] = []


@contextmanager
def opened():
    """Find or build Odoo, start the server; both are there inside the block."""
    if _current:
        yield _current[0]
        return
    found = runtime.find()
    with postgres.running() as server:
        _current.append(Session(found, server))
        try:
            yield _current[0]
        finally:
            _current.clear()


def current() -> Session:
    if not _current:
        raise Failure("No session is open.", "Use `with session.opened():` around it.")
    return _current[0]
