"""Two parts of a model never mean two things by one name."""

import ast
import tempfile
import unittest
from collections import defaultdict
from pathlib import Path
from textwrap import dedent

from tools import addons, paths

# No part of the registry, or made for versions that were.
ELSEWHERE = {"tests", "migrations"}


def shadowed(folders):
    """The methods that several parts of a model have, of which none asks the other.

    Who adds to a method calls ``super()``. A method that does not takes the place of
    one of the same name, whatever that was for: with a bridge installed, callers of the
    one reach the other. What only says that it is made elsewhere may be replaced.

    :param folders: of the add-ons
    :return: ``{(model, method): files}``
    """
    found = defaultdict(list)
    for path in sorted(path for folder in folders for path in folder.rglob("*.py")):
        if not ELSEWHERE.isdisjoint(path.parts):
            continue
        for part in ast.walk(ast.parse(path.read_text())):
            if isinstance(part, ast.ClassDef) and (model := _model_of(part)):
                for method in part.body:
                    if isinstance(method, ast.FunctionDef) and _stands_alone(method):
                        found[model, method.name].append(path.name)
    return {name: files for name, files in found.items() if len(files) > 1}


def _model_of(part):
    """The model that a class is a part of, None if it is of none."""
    said = {
        target.id: line.value.value
        for line in part.body
        if isinstance(line, ast.Assign) and isinstance(line.value, ast.Constant)
        for target in line.targets
        if isinstance(target, ast.Name)
    }
    return said.get("_name") or said.get("_inherit")


def _stands_alone(method):
    """Whether a method does something, and asks no other of its name."""
    asks = any(
        isinstance(node, ast.Name) and node.id == "super" for node in ast.walk(method)
    )
    return not asks and not all(_says_nothing(line) for line in method.body)


def _says_nothing(line):
    """Whether a line is a docstring, or returns what was written there."""
    if isinstance(line, ast.Return):
        try:
            ast.literal_eval(line.value)
        except (ValueError, TypeError):
            return line.value is None
        return True
    return isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant)


class TestOverrides(unittest.TestCase):
    def test_here(self):
        folders = [addon.folder for addon in addons.found()]
        self.assertTrue(folders, paths.CHECKOUT)
        self.assertEqual(shadowed(folders), {})

    def test_found(self):
        with tempfile.TemporaryDirectory() as name:
            for number, body in enumerate(
                (
                    "return self.a",
                    "return self.b",
                    "return super()._said()",
                    "return []",
                )
            ):
                text = f'''\
                    class Part:
                        _inherit = "purchase.order"

                        def _said(self):
                            """Return something."""
                            {body}
                    '''
                (Path(name) / f"part_{number}.py").write_text(dedent(text))
            self.assertEqual(
                shadowed([Path(name)]),
                {("purchase.order", "_said"): ["part_0.py", "part_1.py"]},
            )
