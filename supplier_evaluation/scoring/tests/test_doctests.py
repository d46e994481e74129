# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The examples in the docstrings hold, and every public name has one."""

import ast
import doctest
import importlib
import inspect
import pkgutil
import sys
import unittest
from pathlib import Path

from .. import __all__ as public_names
from .. import __name__ as package_name
from .. import __path__ as package_path


def module_names():
    return [
        module.name
        for module in pkgutil.walk_packages(package_path, f"{package_name}.")
        if not module.ispkg and ".tests." not in module.name
    ]


def load_tests(_loader, tests, _pattern):
    for name in module_names():
        suite = doctest.DocTestSuite(importlib.import_module(name))
        if not suite.countTestCases():
            raise AssertionError(f"{name} has no doctest")
        tests.addTests(suite)
    return tests


class TestPackage(unittest.TestCase):
    def test_every_public_name_has_a_docstring_with_an_example(self):
        package = importlib.import_module(package_name)
        for name in public_names:
            member = getattr(package, name)
            if inspect.isclass(member) or inspect.isfunction(member):
                with self.subTest(name):
                    self.assertIn(">>> ", member.__doc__)

    def test_public_names_are_complete_and_sorted_once(self):
        package = importlib.import_module(package_name)
        exported = {
            name
            for name, member in vars(package).items()
            if not name.startswith("_") and not inspect.ismodule(member)
        }
        self.assertEqual(exported, set(public_names))
        self.assertEqual(len(public_names), len(set(public_names)))

    def test_nothing_but_the_standard_library_is_imported(self):
        files = [path for root in package_path for path in Path(root).glob("*.py")]
        self.assertGreater(len(files), 5)
        for path in files:
            with self.subTest(path.name):
                self.assertLessEqual(imported(path), sys.stdlib_module_names)


def imported(path):
    """Return the top names of the absolute imports of a module."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add(node.module.partition(".")[0])
    return names
