"""Add-ons, interrupted steps, the server's settings, the command line."""

import contextlib
import io
import socket
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from tools import addons, cli, database, network, postgres, state
from tools.console import Failure


class InFolder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)


class TestAddons(InFolder):
    def add(self, name, *depends):
        (self.folder / name).mkdir()
        manifest = {"name": name, "depends": list(depends)}
        (self.folder / name / "__manifest__.py").write_text(repr(manifest))

    def test_bridges_follow_their_dependencies(self):
        self.add("supplier_evaluation_a", "supplier_evaluation_b")
        self.add("supplier_evaluation_b", "supplier_evaluation", "mrp")
        self.add("supplier_evaluation_c", "supplier_evaluation", "absent")
        self.add("supplier_evaluation", "purchase_stock")
        self.add("dashboard_supplier_evaluation", "supplier_evaluation", "dashboard")
        self.add("evaluation", "purchase_stock")
        found = addons.found(self.folder)
        self.assertEqual(
            [addon.name for addon in found[:2]],
            [addons.MAIN, "dashboard_supplier_evaluation"],
        )
        self.assertEqual(len(found), 5)
        chosen = addons.installable(found, ["purchase_stock", "mrp"])
        names = [addon.name for addon in chosen]
        self.assertEqual(
            names, [addons.MAIN, "supplier_evaluation_b", "supplier_evaluation_a"]
        )

    def test_broken_manifest(self):
        (self.folder / "supplier_evaluation").mkdir()
        (self.folder / "supplier_evaluation" / "__manifest__.py").write_text("{")
        with self.assertRaisesRegex(Failure, "is not a manifest"):
            addons.found(self.folder)[0].depends  # noqa: B018


class TestState(InFolder):
    def test_interrupted_step_leaves_the_old_result(self):
        target = self.folder / "thing"
        with state.building(target, "one") as partial:
            (partial / "content").write_text("old")
        with contextlib.suppress(KeyboardInterrupt), state.building(target, "two"):
            raise KeyboardInterrupt
        self.assertTrue(state.is_built(target, "one"))
        self.assertFalse(state.is_built(target, "two"))
        with state.building(target, "two") as partial:
            self.assertFalse((partial / "content").exists())
        self.assertTrue(state.is_built(target, "two"))

    def test_fingerprint_follows_the_content_of_files(self):
        file = self.folder / "requirements.txt"
        file.write_text("a==1")
        before = state.fingerprint("x", file)
        self.assertEqual(before, state.fingerprint("x", file))
        file.write_text("a==2")
        self.assertNotEqual(before, state.fingerprint("x", file))

    def test_full_disk(self):
        usage = mock.Mock(free=1e9)
        with (
            mock.patch.object(state.paths, "cache", return_value=self.folder),
            mock.patch.object(state.shutil, "disk_usage", return_value=usage),
            self.assertRaisesRegex(Failure, r"1\.0 GB free; 5\.0 GB are needed"),
        ):
            state.need_space(5)


class TestServer(unittest.TestCase):
    def environment(self, **values):
        return mock.patch.dict("os.environ", values, clear=True)

    def test_private_unless_the_environment_names_one(self):
        with self.environment():
            self.assertIsNone(postgres.users_own())
        with self.environment(PGHOST="db", PGUSER="me"):
            self.assertEqual(
                postgres.users_own().environment, {"PGHOST": "db", "PGUSER": "me"}
            )

    def test_role_that_odoo_refuses(self):
        with (
            self.environment(PGUSER="postgres"),
            self.assertRaisesRegex(Failure, "createuser"),
        ):
            postgres.users_own()

    def test_database_names_are_checked(self):
        with self.assertRaisesRegex(Failure, "no good name"):
            database.clone("tests", 'x"; DROP DATABASE y; --')

    def test_taken_port(self):
        with socket.socket() as other:
            other.bind((network.HOST, 0))
            other.listen()
            self.assertTrue(network.is_taken(other.getsockname()[1]))
        self.assertFalse(network.is_taken(network.free_port()))


class TestCommandLine(unittest.TestCase):
    def test_every_command_has_its_three_parts(self):
        self.assertLessEqual(
            {"test", "lint", "serve", "odoo", "clean"}, set(cli.names())
        )
        cli.parser()

    def test_failure_is_a_message(self):
        with (
            contextlib.redirect_stderr(io.StringIO()) as errors,
            mock.patch("tools.lint.run", side_effect=Failure("No disk.", "Buy one.")),
        ):
            self.assertEqual(cli.main(["lint"]), 1)
        self.assertIn("./dev: No disk.\n  -> Buy one.", errors.getvalue())
        self.assertNotIn("Traceback", errors.getvalue())
