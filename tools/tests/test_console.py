"""What is said of something long while it happens."""

import contextlib
import io
import unittest
from unittest import mock

from tools import console, odoo


class TestRemaining(unittest.TestCase):
    def test_goes_on_as_before(self):
        self.assertEqual(console.remaining(30, 0.25), "about 90 s left")
        self.assertEqual(console.remaining(100, 0.25), "about 5 min left")
        self.assertEqual(console.remaining(30, 1), "about 0 s left")

    def test_nobody_knows_in_the_beginning(self):
        self.assertEqual(console.remaining(30, 0), "")
        self.assertEqual(console.remaining(30, 0.09), "")


class TestStep(unittest.TestCase):
    def setUp(self):
        self.written = io.StringIO()
        errors = contextlib.redirect_stderr(self.written)
        errors.__enter__()
        self.addCleanup(errors.__exit__, None, None, None)
        clock = mock.patch.object(console.time, "monotonic", return_value=0)
        self.clock = clock.start()
        self.addCleanup(clock.stop)

    def test_tells_what_is_left(self):
        with console.step("Building the house") as progress:
            self.clock.return_value = 30
            progress.update("wall 1/4", 0.25)
        self.assertEqual(
            self.written.getvalue().splitlines()[:2],
            ["  Building the house …", "    about 90 s left, wall 1/4 (30 s)"],
        )

    def test_step_within_a_step_is_a_detail_of_it(self):
        with console.step("Building the house"):
            self.clock.return_value = 30
            with console.step("Baking bricks") as inner:
                inner.update("too soon to tell")
        with console.step("Living in it"):
            pass
        self.assertEqual(
            self.written.getvalue().splitlines(),
            [
                "  Building the house …",
                "    Baking bricks (30 s)",
                "    done (30 s)",
                "  Living in it …",
                "    done (0 s)",
            ],
        )


class TestLoading(unittest.TestCase):
    def shares(self, *lines):
        """What is told about lines of Odoo's log: the shares that are done."""
        progress = mock.Mock()
        with (
            mock.patch.object(odoo, "command", return_value=[]),
            mock.patch.object(odoo, "_stream") as stream,
        ):
            odoo.run([], db="mine", log=mock.Mock(), progress=progress)
        for line in lines:
            stream.call_args.kwargs["on_line"](line)
        return [call.args[1] for call in progress.update.call_args_list]

    def test_new_database(self):
        self.assertEqual(
            self.shares(
                "INFO mine odoo.modules.loading: Loading module base (1/1) ",
                "INFO mine odoo.modules.loading: Loading module web (2/11) ",
                "INFO mine odoo.modules.loading: Module web loaded in 1.00s",
                "INFO mine odoo.modules.loading: Loading module stock (7/11) ",
            ),
            [0, 0, 0.5],
        )

    def test_one_more_module(self):
        """Odoo only loads those before it, and says nothing of that."""
        self.assertEqual(self.shares("Loading module supplier_evaluation (58/58)"), [0])


if __name__ == "__main__":
    unittest.main()
