"""Which Odoo is taken, and what is said of one that will not do."""

import tempfile
import unittest
from pathlib import Path
from unittest import mock

from tools import runtime
from tools.console import Failure

RELEASE = "version_info = ({series}, FINAL, 0, '')\n"


class TestSeries(unittest.TestCase):
    def test_of_a_release(self):
        self.assertEqual(runtime.series_in(RELEASE.format(series="19, 0")), "19.0")
        self.assertEqual(
            runtime.series_in(RELEASE.format(series="'saas~19', 1")), "saas~19.1"
        )

    def test_of_something_else(self):
        self.assertEqual(runtime.series_in("import sys"), "unknown")

    def test_of_what_a_command_prints(self):
        for text in ("Odoo Server 19.0", "Odoo Server 19.0-20260101", "Odoo 19.0+x"):
            self.assertEqual(runtime.version_in(text + "\n"), "19.0")
        self.assertEqual(runtime.version_in("Odoo Server 18.0-20250101\n"), "18.0")
        self.assertEqual(runtime.version_in("command not found"), "unknown")


class TestSourceCheckout(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.home = Path(folder.name)
        runtime.find.cache_clear()
        self.addCleanup(runtime.find.cache_clear)
        variables = mock.patch.dict("os.environ", {"ODOO_HOME": str(self.home)})
        variables.start()
        self.addCleanup(variables.stop)

    def write_release(self, series):
        (self.home / "odoo").mkdir()
        (self.home / "odoo-bin").touch()
        (self.home / "odoo" / "release.py").write_text(RELEASE.format(series=series))

    def test_folder_without_odoo(self):
        with self.assertRaisesRegex(Failure, "no odoo-bin"):
            runtime.find()

    def test_other_series(self):
        self.write_release("18, 0")
        with self.assertRaisesRegex(Failure, r"is Odoo 18\.0; 19\.0 is needed"):
            runtime.find()

    def test_right_series(self):
        self.write_release("19, 0")
        python = Path("python-of-the-venv")
        with (
            mock.patch.object(runtime.venv, "ensure", return_value=python),
            mock.patch.object(runtime.state, "lock"),
        ):
            found = runtime.find()
        self.assertEqual(found.command, self.home / "odoo-bin")
        self.assertEqual(found.python, python)
        self.assertIn(self.home / "addons", found.addons)


class TestInstalledCommand(unittest.TestCase):
    def test_interpreter(self):
        with tempfile.TemporaryDirectory() as folder:
            script = Path(folder) / "odoo"
            script.write_text("#! /usr/bin/python3\nimport odoo\n")
            self.assertEqual(runtime.interpreter_of(script), "/usr/bin/python3")
            script.write_bytes(b"\x7fELF\x00")
            self.assertEqual(runtime.interpreter_of(script), "")

    def test_other_series(self):
        with (
            mock.patch.object(
                runtime.process, "output", return_value="Odoo Server 17.0"
            ),
            self.assertRaisesRegex(Failure, r"/bin/odoo is Odoo 17\.0"),
        ):
            runtime._from_command(Path("/bin/odoo"))
