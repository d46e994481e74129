"""Things that happen, in the order of their instants, on Odoo's clock."""

from __future__ import annotations

import gc
from collections.abc import Callable
from datetime import datetime
from heapq import heappop, heappush
from itertools import count

from freezegun import freeze_time

# After so many events, what they left behind is thrown away.
TIDY = 10
# Whose clock is the real one.
AWAKE = ["tools.console"]


class Timeline:
    """A queue of events; an event may add later ones.

    :param env: an environment of the transaction in which they happen
    """

    def __init__(self, env):
        self._envs = env.transaction.envs
        self._queue: list[tuple[datetime, int, Callable[[], None]]] = []
        self._number = count()
        # What is done to several things at once, by what it is and when.
        self._together: dict[tuple, list] = {}

    def at(self, instant: datetime, action: Callable[..., None], *args) -> None:
        """Call ``action(*args)`` when it is `instant` (naive UTC)."""
        heappush(self._queue, (instant, next(self._number), lambda: action(*args)))

    def together(self, instant: datetime, action: Callable, thing, *args) -> None:
        """Call ``action(things, *args)`` once, with all things of that `instant`.

        One call for several records costs Odoo hardly more than one for a single one.
        """
        key = (instant, action, *args)
        if key not in self._together:
            self._together[key] = []
            self.at(instant, self._act_together, key)
        self._together[key].append(thing)

    def _act_together(self, key) -> None:
        _instant, action, *args = key
        action(self._together.pop(key), *args)

    def run(self, until: datetime, tell: Callable[[float], None]) -> None:
        """Let everything happen that happens by `until`; the rest is the future.

        :param tell: called with the share of the time that is over
        """
        if not self._queue:
            return
        first = self._queue[0][0]
        # What is there by now stays there.
        gc.freeze()
        lasting = set(self._envs)
        # Freezing looks at every module that is loaded: it is done once.
        with freeze_time(first, ignore=AWAKE) as clock:
            for number in count():
                if not self._queue or self._queue[0][0] > until:
                    break
                instant, _number, action = heappop(self._queue)
                clock.move_to(instant)
                action()
                self._forget(lasting)
                tell((instant - first) / (until - first))
                if number % TIDY == 0:
                    gc.collect(1)

    def _forget(self, lasting: set) -> None:
        """Let Odoo forget the environments of the event that is over.

        Whenever it needs one, it looks through all of the transaction, and as they
        refer to themselves, only the collector of garbage would end them.
        """
        for env in [env for env in self._envs if env not in lasting]:
            self._envs.discard(env)
