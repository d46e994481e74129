import tempfile
import unittest
from pathlib import Path
from unittest import mock

from tools import addons, paths
from tools.addons import Addon
from tools.bridges import choice, others, part, traces
from tools.console import Failure
from tools.results import Result

APP, BOARD, SALE, OTHER = (
    Addon(Path("/nowhere") / name)
    for name in (
        "supplier_evaluation",
        "spreadsheet_dashboard_supplier_evaluation",
        "supplier_evaluation_sale",
        "supplier_evaluation_other",
    )
)
BRIDGES = [SALE, OTHER]


class TestChoice(unittest.TestCase):
    def test_each_add_on_is_tested_once(self):
        found = [APP, BOARD, SALE, OTHER]
        self.assertEqual(choice.together(found), [APP, BOARD])
        self.assertEqual(choice.alone(found), BRIDGES)

    def test_what_tags_are_about(self):
        for tags, bridge in {
            "": None,
            "/supplier_evaluation:TestA,/supplier_evaluation:TestB": None,
            "/supplier_evaluation_sale": SALE,
            "/supplier_evaluation_sale:TestA.test_b,-/supplier_evaluation_sale:B": SALE,
            "standard/supplier_evaluation_other:TestA": OTHER,
        }.items():
            with self.subTest(tags=tags):
                self.assertEqual(choice.of_tags(tags, BRIDGES), bridge)

    def test_two_databases_at_once(self):
        for other in ("/supplier_evaluation:TestA", "/supplier_evaluation_other"):
            with self.assertRaisesRegex(Failure, "several databases"):
                choice.of_tags(f"/supplier_evaluation_sale,{other}", BRIDGES)


class TestTraces(unittest.TestCase):
    def test_changes(self):
        before = {"KPI": {"otd", "otif"}, "menu": {"1 A"}}
        after = {"KPI": {"otd", "extra"}, "menu": {"1 A"}}
        self.assertEqual(
            traces.changes(before, after),
            ["KPI left behind: extra", "KPI lost: otif"],
        )
        self.assertEqual(traces.changes(before, before), [])


@mock.patch("tools.console._write", mock.Mock())
@mock.patch.object(part, "prepare", mock.Mock())
class TestRun(unittest.TestCase):
    def run_with(self, status=0, after=frozenset("a")):
        """Test a bridge whose uninstallation ends so; its own tests pass."""
        seen = mock.Mock(side_effect=[{"KPI": {"a"}}, {"KPI": set(after)}])
        with (
            mock.patch.object(part.traces, "seen", seen),
            mock.patch.object(part.odoo, "run_script", return_value=status),
            mock.patch.object(part.database, "drop") as drop,
        ):
            result = part.run("one", SALE, lambda name, bridge: Result(passed=3))
        drop.assert_called_once_with("one")
        return result

    def test_nothing_left_behind(self):
        self.assertEqual(self.run_with(), Result(passed=4))

    def test_something_left_behind(self):
        self.assertEqual(self.run_with(after="ab"), Result(passed=3, failed=1))

    def test_not_uninstalled(self):
        self.assertEqual(self.run_with(status=1), Result(passed=3, failed=1))


class TestOthers(unittest.TestCase):
    """What does not come with Odoo is fetched for the bridge that needs it."""

    def test_other_sides_are_pinned(self):
        pinned = (paths.REQUIREMENTS / f"{others.LIST}.txt").read_text()
        bridges = {addon.name: addon for addon in addons.found()}
        for name, modules in others.OTHERS.items():
            for module in modules:
                self.assertIn(module, bridges[name].depends)
                self.assertRegex(pinned, rf"(?m)^odoo-addon-{module}==19\.0\.\S+$")

    @mock.patch("tools.console._write", mock.Mock())
    def test_only_where_it_is_needed(self):
        other = Addon(Path("/nowhere") / next(iter(others.OTHERS)))
        failure = Failure("pip failed.", "Look there.")
        with (
            tempfile.TemporaryDirectory() as folder,
            mock.patch.object(others.paths, "cache", return_value=Path(folder)),
            mock.patch.object(others.session, "current"),
            mock.patch.object(others.process, "run", side_effect=failure) as run,
        ):
            self.assertEqual(others.environment(SALE), {})
            run.assert_not_called()
            for _again in range(2):
                with self.assertRaisesRegex(Failure, "pip failed"):
                    others.environment(other)
            self.assertIn("bridges.txt", run.call_args.kwargs["failure"])
            self.assertIn("index", run.call_args.kwargs["hint"])
            run.side_effect = None
            with mock.patch.object(others.odoo, "configuration") as configuration:
                for _again in range(2):
                    others.environment(other)
            configuration.assert_called_with(Path(folder) / "bridges/odoo/addons")
        self.assertEqual(run.call_count, 3)


if __name__ == "__main__":
    unittest.main()
