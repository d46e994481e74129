"""The house: every subject is a room, and a room names those below it only."""

import ast
import re
from collections import Counter
from pathlib import Path

from odoo.modules import get_module_path
from odoo.tests import BaseCase, tagged
from odoo.tests.loader import get_test_modules

# From the lowest floor up. Rooms of one floor do not name each other.
FLOORS = (
    ("base",),
    ("chain",),
    ("fact",),
    ("history", "promise", "document"),
    ("incident", "risk"),
    ("inspection", "contact", "training"),
    ("receipt", "price", "bill", "response"),
    ("delivery",),
    ("kpi",),
    ("template",),
    ("scorecard",),
    ("review",),
    ("certification",),
    ("lifecycle",),
    ("gate", "profile", "forecast"),
    ("trial",),
    ("corrective", "tier", "application", "contract", "demand"),
    ("improvement", "saving", "fulfilment", "assessment"),
    ("alert", "goal"),
    ("exchange", "outbox", "meeting"),
    ("connect", "webhook"),
    ("overview",),
    ("start",),
    ("portal",),
    ("handover",),
)
FLOOR_OF = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
# Where the rooms are, and what stands under all of them.
WINGS = ("models", "report", "wizard", "controllers")
GROUND = (
    "scoring",
    "matching",
    "forecast",
    "tools",
    "importer",
    "exchange",
    "transport",
    "feeds",
)
# A library for one room is as high as it.
LIBRARIES = {
    "importer": "history",
    "exchange": "exchange",
    "transport": "outbox",
    "feeds": "connect",
}
# Libraries that know no Odoo.
PLAIN = ("scoring", "matching", "forecast", "exchange", "transport", "feeds")
FILES_IN_A_ROOM = 15
LINES_IN_A_FILE = 400
SOURCES = {".js", ".py", ".scss", ".xml"}
MODEL = re.compile(r"supplier(\.[a-z]+)+")


@tagged("post_install", "-at_install")
class TestRooms(BaseCase):
    """Reads the sources; there is no other way to see who names whom."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.top = Path(get_module_path("supplier_evaluation"))
        cls.trees = {
            path.relative_to(cls.top): ast.parse(path.read_text())
            for wing in (*WINGS, *GROUND)
            for path in sorted((cls.top / wing).rglob("*.py"))
            if "tests" not in path.relative_to(cls.top).parts
        }

    def test_every_room_has_a_floor(self):
        rooms = {
            path.parts[1]
            for path in self.trees
            if path.parts[0] in WINGS and len(path.parts) > 2
        }
        self.assertEqual(rooms, set(FLOOR_OF))

    def test_no_room_imports_a_higher_one(self):
        for path, tree in self.trees.items():
            for module in self._imported(path, tree):
                room = self._room(module)
                if room:
                    self._assert_below(path, room, "/".join(module))

    def test_no_room_names_a_model_of_a_higher_one(self):
        rooms = self._rooms_of_models()
        self.assertIn("supplier.kpi", rooms)
        for path, tree in self.trees.items():
            for name in self._quoted(tree):
                if name in rooms:
                    self._assert_below(path, rooms[name], name)

    def test_the_plain_libraries_know_no_odoo(self):
        for path, tree in self.trees.items():
            if path.parts[0] in PLAIN:
                names = {
                    name.partition(".")[0]
                    for node in ast.walk(tree)
                    for name in _absolute_names(node)
                }
                self.assertNotIn("odoo", names, path)

    def test_rooms_and_files_are_small(self):
        tests = {path.relative_to(self.top) for path in self.top.rglob("tests/**/*.py")}
        files = Counter(
            path.parent
            for path in tests.union(self.trees)
            if path.name != "__init__.py"
        )
        self.assertIn(Path("tests/scorecard"), files)
        for folder, count in files.items():
            self.assertLessEqual(count, FILES_IN_A_ROOM, folder)
        for path in self.top.rglob("*"):
            if path.suffix in SOURCES and not self._is_data(path):
                lines = len(path.read_text().splitlines())
                self.assertLessEqual(lines, LINES_IN_A_FILE, path)

    def test_every_test_is_loaded(self):
        """A room's tests are taken by a star: two of one name would hide each other."""
        loaded = {Path(module.__file__) for module in get_test_modules(self.top.name)}
        written = set((self.top / "tests").rglob("test_*.py"))
        self.assertEqual({path for path in written if path not in loaded}, set())

    # ------------------------------------------------------------
    # Who names whom
    # ------------------------------------------------------------

    def _is_data(self, path):
        return path.relative_to(self.top).parts[0] in ("data", "demo")

    def _assert_below(self, path, room, what):
        """A room names itself and lower floors; the ground names no room at all."""
        own = self._room(path.parts)
        if room != own:
            floor = FLOOR_OF[own] if own else -1
            self.assertLess(FLOOR_OF[room], floor, f"{path} names {what} of {room}")

    def _room(self, parts):
        """Return the room that a path or module is in, or None."""
        if parts[0] in WINGS and len(parts) > 1 and parts[1] in FLOOR_OF:
            return parts[1]
        return LIBRARIES.get(parts[0])

    def _imported(self, path, tree):
        """Yield what a file imports from this add-on, as parts of a path."""
        if len(path.parts) < 3 and path.name == "__init__.py":
            return  # names the rooms themselves
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.level:
                base = path.parts[: len(path.parts) - node.level]
                module = (*base, *(node.module or "").split("."))
                yield tuple(part for part in module if part)

    def _quoted(self, tree):
        """Yield the names of models in quotes."""
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and MODEL.fullmatch(node.value)
            ):
                yield node.value

    def _rooms_of_models(self):
        """Return the room in which each model of this add-on is defined."""
        rooms = {}
        for path, tree in self.trees.items():
            for node in ast.walk(tree):
                if isinstance(node, ast.ClassDef):
                    name = _class_value(node, "_name")
                    if name and MODEL.fullmatch(name):
                        rooms[name] = self._room(path.parts)
        return rooms


def _absolute_names(node):
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and not node.level:
        return [node.module]
    return []


def _class_value(node, name):
    """Return the text that a class gives to a name, or None."""
    for statement in node.body:
        if isinstance(statement, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id == name
            for target in statement.targets
        ):
            value = statement.value
            return value.value if isinstance(value, ast.Constant) else None
    return None
