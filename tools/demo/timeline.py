"""Things that happen, in the order of their instants, on Odoo's clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from heapq import heappop, heappush
from itertools import count

from freezegun import freeze_time


class Timeline:
    """A queue of events; an event may add later ones."""

    def __init__(self):
        self._queue: list[tuple[datetime, int, Callable[[], None]]] = []
        self._number = count()

    def at(self, instant: datetime, action: Callable[..., None], *args) -> None:
        """Call ``action(*args)`` when it is `instant` (naive UTC)."""
        heappush(self._queue, (instant, next(self._number), lambda: action(*args)))

    def run(self, until: datetime) -> None:
        """Let everything happen that happens by `until`; the rest is the future."""
        if not self._queue:
            return
        # Freezing looks at every module that is loaded: it is done once.
        with freeze_time(self._queue[0][0]) as clock:
            while self._queue and self._queue[0][0] <= until:
                instant, _number, action = heappop(self._queue)
                clock.move_to(instant)
                action()
