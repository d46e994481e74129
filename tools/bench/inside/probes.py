"""How a piece of work in this process is measured: time, statements, memory."""

import gc
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

# How the statements begin that come once for each slice of suppliers.
SLICES = ("FETCH ", "SELECT nextval(")


@dataclass
class Probe:
    """What one piece of work took: ``with Probe(cursor) as probe``."""

    cursor: object
    seconds: float = 0.0
    sql_seconds: float = 0.0
    statements: int = 0
    copies: int = 0

    def hook(self, _cursor, query, _params, _start, delay):
        """Called by Odoo's cursor after each statement.

        What brings or numbers a slice of the rows is none of its own, like a COPY.
        """
        self.sql_seconds += delay
        self.statements += not str(query).lstrip().startswith(SLICES)

    def copy(self, *args, **kwargs):
        """COPY goes past Odoo's cursor, so it is counted here."""
        started = time.perf_counter()
        self.cursor._obj.copy_expert(*args, **kwargs)
        self.sql_seconds += time.perf_counter() - started
        self.copies += 1

    def __enter__(self):
        gc.collect()
        threading.current_thread().query_hooks = [self.hook]
        self.cursor.copy_expert = self.copy
        self._started = time.perf_counter()
        return self

    def __exit__(self, *_exception):
        self.seconds = time.perf_counter() - self._started
        del threading.current_thread().query_hooks
        del self.cursor.copy_expert


def resident_mb():
    return _status("VmRSS")


def peak_mb():
    """The most memory that this process held since :func:`reset_peak`."""
    return _status("VmHWM")


def reset_peak():
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5")


def say(text):
    sys.stderr.write(f"  {text}\n")


def _status(name):
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) / 1024
    raise LookupError(name)
