"""The log of the libraries below tells addresses whole, and some are secrets."""

import logging
from contextlib import contextmanager
from contextvars import ContextVar

_QUIET = ContextVar("transport_quiet", default=False)


class _Filter(logging.Filter):
    def filter(self, record):
        return not _QUIET.get()


for _name in ("urllib3.connectionpool", "urllib3.util.retry", "urllib3.connection"):
    logging.getLogger(_name).addFilter(_Filter())


@contextmanager
def quiet():
    """In this block nothing below tells addresses."""
    token = _QUIET.set(True)
    try:
        yield
    finally:
        _QUIET.reset(token)
