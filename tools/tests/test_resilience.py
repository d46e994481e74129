"""How the resilience tests hold a process, and what of them counts."""

import tempfile
import threading
import unittest
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

from tools import cases
from tools.resilience import laboratory
from tools.resilience.inside import figures, gates


class TestGates(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def holder(self, *closed):
        """A function `work` with a gate behind it."""
        holder = SimpleNamespace(work=lambda number: number * 2)
        gate = gates.Gates(str(self.folder), "one", closed)
        gate.set(holder, "work", after="done", condition=lambda number: number > 0)
        return holder

    def test_open_gate_leaves_a_signal(self):
        self.assertEqual(self.holder().work(3), 6)
        self.assertTrue((self.folder / "one.done-1").exists())

    def test_no_gate_without_the_condition(self):
        self.holder("done-1").work(0)
        self.assertFalse((self.folder / "one.done-1").exists())

    def test_closed_gate_holds_the_second_time(self):
        holder, signal = self.holder("done-2"), self.folder / "one.done-2"
        holder.work(1)
        thread = threading.Thread(target=holder.work, args=[1])
        thread.start()
        laboratory.wait(signal.exists, "the gate", 5)
        self.assertTrue(thread.is_alive())
        signal.with_name("one.done-2.go").touch()
        thread.join(5)
        self.assertFalse(thread.is_alive())

    def test_gate_that_nobody_opens_ends_the_process(self):
        with mock.patch.object(gates, "PATIENCE", 0.1), self.assertRaises(SystemExit):
            self.holder("done-1").work(1)

    def test_gate_whose_keeper_is_gone_ends_the_process(self):
        holder = self.holder("done-1")
        with (
            mock.patch.object(gates.os, "getppid", return_value=-1),
            self.assertRaises(SystemExit),
        ):
            holder.work(1)


class TestFigures(unittest.TestCase):
    """What two runs are compared by."""

    @staticmethod
    def text(share):
        fields = {
            "share": SimpleNamespace(store=True, type="float"),
            "name": SimpleNamespace(store=True, type="char"),
            "id": SimpleNamespace(store=True, type="integer"),
            "tag_ids": SimpleNamespace(store=True, type="many2many"),
        }

        class Model(SimpleNamespace):
            def search(self, domain):
                return [{"share": share, "name": "Bolts", "id": share}]

        return figures._all(Model(_fields=fields))

    def test_order_of_addition_does_not_matter(self):
        self.assertNotEqual(0.1 + 0.2 + 0.3, 0.3 + 0.2 + 0.1)
        self.assertEqual(self.text(0.1 + 0.2 + 0.3), self.text(0.3 + 0.2 + 0.1))

    def test_another_figure_does(self):
        self.assertEqual(self.text(98.765432), ["name=Bolts share=98.765432"])
        self.assertNotEqual(self.text(98.765432), self.text(98.765433))
        self.assertNotEqual(self.text(None), self.text(0.0))


class TestCount(unittest.TestCase):
    def count(self, run, failures=(), errors=(), skipped=()):
        outcome = SimpleNamespace(
            testsRun=run, failures=failures, errors=errors, skipped=skipped
        )
        return cases.counted(outcome)

    def test_all_kinds(self):
        self.assertEqual(str(self.count(5, ["f"], ["e"])), "3 passed, 2 failed")

    def test_module_that_cannot_be_set_up(self):
        result = self.count(0, errors=["e"])
        self.assertEqual(str(result), "0 passed, 1 failed")
        self.assertFalse(result.good)
