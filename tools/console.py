"""What the user sees while something long happens, and how a failure is told.

Progress goes to stderr, results to stdout, so that results can be piped.
"""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager

# How often a step that has no terminal says that it is still alive, in seconds.
HEARTBEAT = 20
# With less done than this share, nobody knows how long the rest takes.
ENOUGH = 0.1


class Failure(Exception):
    """Something the user can act on; shown as a message, never as a traceback."""

    def __init__(self, what: str, hint: str = ""):
        super().__init__(what)
        self.what = what
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.what}\n  -> {self.hint}" if self.hint else self.what


class Step:
    """A line of progress: ``update()`` it as often as you like."""

    def __init__(self, text: str):
        self.text = text
        self.started = time.monotonic()
        self.tty = sys.stderr.isatty()
        self._last = self.started
        self._width = 0

    def begin(self) -> None:
        if self.tty:
            self._draw("…")
        else:
            _write(f"  {self.text} …\n")

    def update(self, detail: str, share: float = 0.0) -> None:
        """:param share: what is done, from 0 to 1; how long the rest takes is shown"""
        if left := remaining(self.seconds, share):
            detail = f"{left}, {detail}"
        if self.tty:
            self._draw(detail)
        elif time.monotonic() - self._last >= HEARTBEAT:
            self._last = time.monotonic()
            _write(f"    {detail} ({self.seconds:.0f} s)\n")

    def end(self, outcome: str = "done") -> None:
        if self.tty:
            self._draw(f"{outcome} ({self.seconds:.0f} s)")
            _write("\n")
        else:
            _write(f"    {outcome} ({self.seconds:.0f} s)\n")

    def interrupt(self, text: str) -> None:
        """Write `text` on lines of its own without spoiling the progress line."""
        if self.tty:
            _write("\r" + " " * self._width + "\r")
        _write(text.rstrip("\n") + "\n")

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started

    def _draw(self, detail: str) -> None:
        line = f"  {self.text}: {detail}"[:118]
        _write("\r" + line.ljust(self._width))
        self._width = len(line)


def remaining(seconds: float, share: float) -> str:
    """How long the rest takes if it goes on as before; empty if that is a mere guess.

    :param share: what was done in these `seconds`, from 0 to 1
    """
    if share < ENOUGH:
        return ""
    left = seconds * (1 - share) / share
    told = f"{left / 60:.0f} min" if left > 90 else f"{left:.0f} s"
    return f"about {told} left"


# The step that goes on.
_current: list[Step] = []


@contextmanager
def step(text: str):
    """``with step("Building the house") as progress: progress.update("wall 2/4")``.

    A step within another one, of any thread, is a detail of that.
    """
    if _current:
        _current[0].update(text)
        yield _current[0]
        return
    current = Step(text)
    _current.append(current)
    current.begin()
    try:
        yield current
    except BaseException:
        current.end("stopped")
        raise
    else:
        current.end()
    finally:
        _current.clear()


def say(text: str = "") -> None:
    """A line for the user that is not a result."""
    _write(text + "\n")


def _write(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()
