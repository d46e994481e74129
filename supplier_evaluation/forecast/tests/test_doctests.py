# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The examples hold, and nothing but the standard library is imported."""

import ast
import doctest
import importlib
import pkgutil
import sys
import unittest
from pathlib import Path

from .. import __name__ as package_name
from .. import __path__ as package_path


def load_tests(_loader, tests, _pattern):
    for module in pkgutil.iter_modules(package_path, f"{package_name}."):
        if not module.ispkg:
            suite = doctest.DocTestSuite(importlib.import_module(module.name))
            if not suite.countTestCases():
                raise AssertionError(f"{module.name} has no doctest")
            tests.addTests(suite)
    return tests


class TestPackage(unittest.TestCase):
    def test_nothing_but_the_standard_library_is_imported(self):
        files = [path for root in package_path for path in Path(root).glob("*.py")]
        self.assertGreater(len(files), 4)
        for path in files:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                names = []
                if isinstance(node, ast.Import):
                    names = [alias.name for alias in node.names]
                elif isinstance(node, ast.ImportFrom) and not node.level:
                    names = [node.module]
                for name in names:
                    with self.subTest(path.name):
                        self.assertIn(name.partition(".")[0], sys.stdlib_module_names)
