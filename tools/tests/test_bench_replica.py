"""What is asked of a standby, and the judgement on what it answered."""

import ast
import tempfile
import unittest
from functools import lru_cache
from pathlib import Path
from unittest import mock

from tools import addons, paths
from tools.bench.replica import calls, run, standby

IDS = {
    "template": 1,
    "cards": [1, 2, 3],
    "lines": [4, 5],
    "partners": [6, 7],
    "order": 8,
    "goal": 9,
}
READING = ("retrieve_", "get_", "web_", "read_", "search_", "reconcile")
# What must not be asked of a standby that lags, and why.
ON_THE_FIRST_SERVER = {
    "get_next_review": "it follows at once on the review that was handed in",
}
# What is not opened, as the buyer who looks may not.
OF_MANAGERS = {"retrieve_start"}
CALL = {"mode": "ro", "statements": 9, "seconds": 0.1}
FIGURES = {
    "suppliers_count": 200,
    "calls": {"overview": CALL, "heat map": CALL},
    "scanned_standby": 500,
    "scanned_primary": 0,
    "stale_same": len(calls.PUBLISHED),
    "changed": len(calls.PUBLISHED),
    "answers": 16,
    "half": 0,
    "fresh_same": len(calls.PUBLISHED),
}


@lru_cache(1)
def methods():
    """``(name, is readonly)`` of the methods of the add-on's models."""
    return tuple(_methods())


def _methods():
    for file in (paths.CHECKOUT / addons.MAIN).rglob("*.py"):
        if "tests" in file.parts:
            continue
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.ClassDef) and _is_model(node):
                for method in node.body:
                    if isinstance(method, ast.FunctionDef) and _is_called(method):
                        yield method.name, "readonly" in _decorators(method)


def _is_model(node):
    return any(ast.unparse(base).startswith("models.") for base in node.bases)


def _is_called(method):
    """No client may call what is private: it is part of another call."""
    return "private" not in _decorators(method)


def _decorators(method):
    return {ast.unparse(each).removeprefix("api.") for each in method.decorator_list}


class TestReading(unittest.TestCase):
    """The sources of the add-on are read, not run."""

    def test_what_only_reads_may_be_asked_of_a_standby(self):
        asked = {name for name, is_readonly in methods() if is_readonly}
        self.assertIn("retrieve_overview", asked)
        for name, is_readonly in methods():
            if name.startswith(READING) and name not in ON_THE_FIRST_SERVER:
                self.assertTrue(is_readonly, f"{name}: @api.readonly is missing")

    def test_what_must_not_is_not(self):
        found = dict(methods())
        for name, reason in ON_THE_FIRST_SERVER.items():
            self.assertFalse(found[name], reason)

    def test_every_such_method_is_opened(self):
        opened = {method for _title, _model, method, *_given in calls.calls(IDS)}
        ours = {name for name, is_readonly in methods() if is_readonly}
        self.assertEqual(ours - opened, OF_MANAGERS)


class TestReport(unittest.TestCase):
    def missed(self, **changed):
        figures = {**FIGURES, **changed}
        missed = [target for target, _value, met in run.targets(figures) if not met]
        self.assertEqual(run.is_met(figures), not missed)
        return missed

    def test_targets(self):
        self.assertEqual(self.missed(), [])
        for changed in (
            {"calls": {"overview": {**CALL, "mode": "ro->rw"}}},
            {"scanned_primary": 1},
            {"scanned_standby": 0},
            {"stale_same": 3},
            {"changed": 3},
            {"half": 1},
            {"fresh_same": 3},
        ):
            self.assertEqual(len(self.missed(**changed)), 1, changed)

    def test_table(self):
        shown = run.table(FIGURES).splitlines()
        self.assertIn(["overview", "9", "100", "ms"], [line.split() for line in shown])
        self.assertNotIn("MISS", "\n".join(shown))

    def test_calls_that_tell_of_what_is_published_are_there(self):
        titles = {title for title, *_call in calls.calls(IDS)}
        self.assertLessEqual(set(calls.PUBLISHED), titles)


class TestLog(unittest.TestCase):
    def test_statements_of_one_database(self):
        with tempfile.TemporaryDirectory() as folder:
            server = standby.Standby()
            server.log = Path(folder) / "server.log"
            server.log.write_text("mine|LOG:  statement: SELECT 0\n")
            _before, place = server.statements_since(0, "mine")
            with server.log.open("a") as log:
                log.write("mine|LOG:  statement: SELECT 1\n\t  FROM a\n")
                log.write("other|LOG:  statement: SELECT 2\n|LOG:  started\n")
            found, _place = server.statements_since(place, "mine")
        self.assertEqual(found, ["SELECT 1   FROM a"])

    def test_a_server_of_the_user_is_left_alone(self):
        with (
            mock.patch.dict("os.environ", {"PGHOST": "db"}),
            self.assertRaises(run.Failure) as caught,
        ):
            run.run(200, fresh=False, today=None)
        self.assertIn("--replica", caught.exception.what)
