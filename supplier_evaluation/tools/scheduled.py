"""Scheduled work: what fails stops nothing else, and does not go unseen."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from typing import Any

from odoo.exceptions import UserError
from odoo.models import BaseModel
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

TRIES = 4
# Longer keys of items are kept as their hash.
LONG = 200

_logger = logging.getLogger(__name__)


def _describe(item):
    name = f" {item.display_name}" if isinstance(item, BaseModel) else ""
    return f"{item}{name}"


def _note_nothing(item, error):
    """The log is enough."""


@dataclass(frozen=True)
class Work:
    """The same thing to do with many items.

    :param name: what the log calls it
    :param items: a recordset, or a list of anything
    :param do: does it with a slice of the items. It looks again at what is still due:
        since the items were found others may have decided on them.
    :param size: how many items at most are done in one transaction
    :param describe: returns the name of an item, for the log
    :param failed: takes an item that failed and its error, to note it where users look;
        what it writes is a transaction of its own. It may be called again.
    :param stays: whether what was done is found again, as every rule and every company
        is. It is kept then which were: when the time is over, the next run goes on with
        the others. Otherwise it would begin with the first ones for ever.
    """

    name: str
    items: Sequence
    do: Callable[[Sequence], Any]
    size: int = 1
    describe: Callable[[Any], str] = _describe
    failed: Callable[[Any, Exception], Any] = _note_nothing
    stays: bool = False

    def key(self, item):
        """Return by what an item is known in the next run; it may be a long list."""
        text = f"{self.name}: {item}"
        return text if len(text) < LONG else sha256(text.encode()).hexdigest()


def run_scheduled(env, *works):
    """Do scheduled work, one after the other, each batch as a transaction of its own.

    A batch that fails is done again one by one. An item that fails is rolled back,
    logged and noted, and the others go on. Whoever meets another writer tries again.

    When the time of the scheduled action is over, the rest is left to the next run;
    but not before something was done, or bad items at the head of a list would keep
    the others waiting for ever.

    :param Work works: what to do
    :raises Exception: the last error, when everything else is done and committed: Odoo
        counts the scheduled action as failed then
    """
    _Run(env).do(works)


class _Run:
    def __init__(self, env):
        self.env = env
        self.has_time = True
        self.has_done = False
        self.error = None
        # Of what stays, what was done since everything was; in the order of doing.
        self.kept = dict.fromkeys(env["ir.cron.progress"]._supplier_kept())

    def do(self, works):
        works = [self._left_of(work) for work in works]
        self._commit(remaining=sum(len(work.items) for work in works))
        for work in works:
            self._do_batches(work, work.items, work.size)
        if self.error:
            # What fails tells other processes nothing, but this is committed.
            self.env.registry.signal_changes()
            raise self.error

    def _left_of(self, work):
        """Return the work without what was done before the time was over."""
        if not (work.stays and self.kept):
            return work
        left = [item for item in work.items if work.key(item) not in self.kept]
        if isinstance(work.items, BaseModel):
            left = work.items.browse([item.id for item in left])
        return replace(work, items=left)

    def _do_batches(self, work, items, size):
        for start in range(0, len(items), size):
            if self.has_done and not self.has_time:
                break
            self._do_batch(work, items[start : start + size])

    def _do_batch(self, work, batch):
        error = self._try(work, partial(work.do, batch), batch)
        if not error:
            self.has_done = True
        elif len(batch) == 1:
            self._note(work, batch[0], error)
        else:
            _logger.info(
                "%s: %s at once failed, now one by one",
                work.name,
                len(batch),
                exc_info=error,
            )
            self._do_batches(work, batch, 1)

    def _try(self, work, step, items):
        """Do a step as a transaction; return its error, or None.

        Not in a savepoint: the next try would not see what the other writer wrote.
        """
        for left in reversed(range(TRIES)):
            try:
                step()
                self._keep(work, items)
                self._commit(len(items))
                return None
            except Exception as error:  # noqa: BLE001 (returned, or tried again)
                self.env.cr.rollback()
                collided = isinstance(error, PG_CONCURRENCY_EXCEPTIONS_TO_RETRY)
                if not (collided and left):
                    return error
                met = type(error).__name__
                _logger.info("%s met %s, %s tries left", work.name, met, left)

    def _note(self, work, item, error):
        """Log what failed, and let it be noted; it counts as processed."""
        self.error = error
        name = self._name(work, item)
        if isinstance(error, UserError):
            _logger.warning("%s: %s failed: %s", work.name, name, error)
        else:
            _logger.error("%s: %s failed", work.name, name, exc_info=error)
        problem = self._try(work, partial(work.failed, item, error), [item])
        if problem:
            _logger.error(
                "%s: %s failed, which could not be noted",
                work.name,
                name,
                exc_info=problem,
            )
            self._keep(work, [item])
            self._commit(1)

    def _name(self, work, item):
        try:
            return work.describe(item)
        except Exception:
            # What is wrong with it may be its name.
            self.env.cr.rollback()
            _logger.exception("%s: %s has no name", work.name, item)
            return str(item)

    def _keep(self, work, items):
        """Keep that these were done or tried, in the same transaction."""
        if work.stays:
            self.kept.update(dict.fromkeys(work.key(item) for item in items))
            self.env["ir.cron.progress"]._keep_supplier(list(self.kept))

    def _commit(self, processed=0, **progress):
        cron = self.env["ir.cron"]
        self.has_time = cron._commit_progress(processed, **progress) > 0
