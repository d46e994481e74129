"""What a test run says: counts and failures, read from its output.

Pure functions and one small parser; nothing here runs anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

LOG_LINE = re.compile(
    r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} \d+ (?P<level>[A-Z]+) (?P<db>\S+) "
    r"(?P<logger>\S+): (?P<message>.*)$"
)
TOTAL = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests when loading")
STARTING = re.compile(r"^Starting (\S+) \.\.\.$")
SKIPPED = re.compile(r"^skipped (.+?) : (.*)$")
FAILED = re.compile(r"^(FAIL|ERROR): (.+)$")
RAN = re.compile(r"^Ran (\d+) tests? in ", re.MULTILINE)
OUTCOME = re.compile(r"^(?:OK|FAILED|NO TESTS RAN)(?: \((.*)\))?$", re.MULTILINE)
# A module that did not load is told as a warning if its name is unknown.
NOT_LOADED = re.compile(r"^invalid module names, ignored: ")
# Repeats of failures that were counted where they happened.
REPEATED = re.compile(
    r"^(At least one test failed when loading the modules"
    r"|Module \S+: \d+ failures, \d+ errors of \d+ tests"
    r"|\d+ failed, \d+ error\(s\) of \d+ tests when loading)"
)


@dataclass
class Result:
    """Counts of one part of the tests, and what else went wrong in it."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    problems: list[str] = field(default_factory=list)

    def __add__(self, other: Result) -> Result:
        return Result(
            self.passed + other.passed,
            self.failed + other.failed,
            self.skipped + other.skipped,
            self.problems + other.problems,
        )

    @property
    def executed(self) -> int:
        return self.passed + self.failed

    @property
    def good(self) -> bool:
        return not self.failed and not self.problems and self.executed > 0

    def __str__(self) -> str:
        """The last line of a run. A problem that no test shows counts as a failure."""
        failed = self.failed
        if not self.good and not failed:
            failed = max(1, len(self.problems))
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.passed} passed, {failed} failed{skipped}"


def of_unittest(output: str, status: int) -> Result:
    """The result of ``python -m unittest``, from its output and exit status."""
    ran = RAN.search(output)
    outcome = list(OUTCOME.finditer(output))
    if not ran or not outcome:
        return Result(problems=["the tests did not run to their end"])
    counts = {}
    for part in (outcome[-1][1] or "").split(", "):
        name, _, number = part.partition("=")
        counts[name] = int(number or 0)
    names = ("failures", "errors", "unexpected successes")
    failed = sum(counts.get(name, 0) for name in names)
    skipped = counts.get("skipped", 0)
    total = int(ran[1])
    result = Result(max(0, total - failed - skipped), failed, skipped)
    if status and not failed:
        result.problems.append(f"the tests ended with exit status {status}")
    if not total:
        result.problems.append("no test was found")
    return result


class OdooLog:
    """Reads Odoo's output line by line and counts its tests.

    Odoo's own total has no number of skipped tests, and counts every failing sub-test
    and every broken setUpClass as a failure of its own: so tests that did not pass are
    counted here, by name, and the failures are Odoo's.
    """

    def __init__(self):
        self.total: tuple[int, int, int] | None = None
        self.current = ""
        self.problems: list[str] = []
        self.skips: list[str] = []
        self._not_passed: set[int] = set()
        self._started = 0
        self._skipped_alone = 0
        self._in_failure = False

    def feed(self, line: str) -> list[str]:
        """Take one line; return the lines that the user should see because of it."""
        entry = LOG_LINE.match(line)
        if not entry:
            return [line] if self._in_failure else []
        self._in_failure = False
        message = entry["message"].strip()
        if total := TOTAL.search(message):
            counts = tuple(map(int, total.groups()))
            self.total = tuple(
                map(sum, zip(self.total or (0, 0, 0), counts, strict=True))
            )
        if REPEATED.match(message):
            return []
        if starting := STARTING.match(message):
            self.current = starting[1]
            self._started += 1
        elif skipped := SKIPPED.match(message):
            self._skip(skipped[1], skipped[2])
        elif entry["level"] in ("ERROR", "CRITICAL"):
            return self._error(entry["logger"], message)
        elif NOT_LOADED.match(message):
            self.problems.append(message)
            return [message]
        return []

    def result(self, status: int) -> Result:
        """The counts, once Odoo has ended with `status`."""
        problems = list(self.problems)
        if self.total is None:
            problems.append("Odoo ended before it had run the tests")
            return Result(problems=problems)
        failures, errors, run = self.total
        failed = failures + errors
        passed = max(0, run - len(self._not_passed))
        if status and not failed and not problems:
            problems.append(f"Odoo ended with exit status {status}")
        skipped = len(self.skips)
        return Result(passed, failed, skipped, problems)

    def _skip(self, name: str, reason: str) -> None:
        self.skips.append(f"{name}: {reason}")
        if name == self.current:
            self._not_passed.add(self._started)

    def _error(self, logger: str, message: str) -> list[str]:
        self._in_failure = True
        failure = FAILED.match(message)
        if not failure:
            if self._outside_tests(logger):
                self.problems.append(f"{logger}: {message}")
            return [f"{logger}: {message}"]
        if self.current and self.current in failure[2]:
            self._not_passed.add(self._started)
        return [f"{failure[1]}: {failure[2]}  ({logger})"]

    @staticmethod
    def _outside_tests(logger: str) -> bool:
        """An error of loading or of the server; a test may log errors on purpose."""
        prefixes = ("odoo.modules", "odoo.registry", "odoo.service.server", "odoo.cli")
        return logger == "odoo" or logger.startswith(prefixes)
