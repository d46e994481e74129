"""Points in a run where a process says that it is there and can be made to wait."""

from __future__ import annotations

import functools
import os
import sys
import time
from collections import Counter
from pathlib import Path

PAUSE = 0.05
# Longer than the process that opens the gates ever waits itself, in seconds.
PATIENCE = 120


class Gates:
    """Files are the signals: NAME.POINT-2 says that the point is reached a second
    time; the process waits there, if it is told to, until NAME.POINT-2.go exists.
    """

    def __init__(self, folder: str, name: str, closed: list[str]):
        self.folder = Path(folder)
        self.name = name
        self.closed = closed
        self._keeper = os.getppid()
        self._passed = Counter()

    def set(self, owner, function: str, before="", after="", condition=None) -> None:
        """Put points before and after a function of a class or of a module.

        :param condition: called with the function's arguments; false: no point there
        """
        original = getattr(owner, function)

        @functools.wraps(original)
        def wrapper(*args, **kwargs):
            counts = condition is None or condition(*args)
            if before and counts:
                self.reach(before, *args)
            result = original(*args, **kwargs)
            if after and counts:
                self.reach(after, *args)
            return result

        setattr(owner, function, wrapper)

    def reach(self, point: str, *args) -> None:
        self._passed[point] += 1
        moment = f"{point}-{self._passed[point]}"
        signal = self.folder / f"{self.name}.{moment}"
        if moment not in self.closed:
            signal.touch()
            return
        if point == "begin":
            # The transaction sees the database as it is now, not as it will be then.
            args[0].env.cr.execute("SELECT 1")
        signal.touch()
        opened = signal.with_name(f"{signal.name}.go")
        for _ in range(round(PATIENCE / PAUSE)):
            if opened.exists():
                return
            if os.getppid() != self._keeper:
                break
            time.sleep(PAUSE)
        # No Exception: the scheduled action would take it for a failed evaluation.
        sys.exit(f"{signal.name} was never opened")
