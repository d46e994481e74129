"""Runs the tests of modules on all that is installed; run by Odoo's shell.

Odoo runs most tests of a module before those that depend on it are loaded: so ours
would not be there yet.
"""

import json
from pathlib import Path

from odoo.modules import module as odoo_module
from odoo.tests import HttpCase
from odoo.tests.loader import make_suite
from odoo.tests.result import OdooTestResult
from odoo.tests.suite import OdooSuite
from odoo.tools import config


class Result(OdooTestResult):
    """Remembers the tags of what failed."""

    def __init__(self):
        super().__init__()
        self.bad = set()


def _remembering(name):
    def add(result, test, *details):
        # A sub-test without an error has passed.
        if details[-1]:
            result.bad.add(_tag(test))
        getattr(super(Result, result), name)(test, *details)

    return add


for event in ("addError", "addFailure", "addSubTest"):
    setattr(Result, event, _remembering(event))


def main(env, args):
    """Write how many tests ran and the tags of those that failed, as JSON.

    ``tags`` limits them; what needs the web server is left out.
    """
    env.cr.rollback()
    config["test_enable"] = True
    config["test_tags"] = args["tags"]
    tests = [
        test
        for position in ("at_install", "post_install")
        for test in make_suite(args["modules"], position)
        if not isinstance(test, HttpCase)
    ]
    result = Result()
    odoo_module.current_test = True
    OdooSuite(tests)(result)
    odoo_module.current_test = False
    answer = {"run": result.testsRun, "failed": sorted(result.bad)}
    Path(args["answer"]).write_text(json.dumps(answer))


def _tag(test):
    """The tag that runs a test, or all of a class that could not be set up."""
    kind = type(test)
    if not hasattr(test, "test_module"):
        # unittest's stand-in for a class: "setUpClass (odoo.addons.x.tests.y.Class)".
        path = test.description.partition("(")[2].rstrip(")").split(".")
        return f"/{path[2]}:{path[-1]}"
    return f"/{kind.test_module}:{kind.__name__}.{test._testMethodName}"
