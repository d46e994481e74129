import threading
import unittest
from functools import partial
from unittest import mock

from tools import testing
from tools.console import Failure
from tools.results import Result


@mock.patch("tools.console._write", mock.Mock())
@mock.patch("os.cpu_count", mock.Mock(return_value=2))
class TestLanes(unittest.TestCase):
    def test_two_at_once(self):
        """Each waits for another: one after the other, they would wait for ever."""
        meeting = threading.Barrier(2, timeout=10)

        def meet():
            meeting.wait()
            return Result(passed=1)

        self.assertEqual(testing.lanes("Meeting", [meet] * 4), Result(passed=4))

    def test_every_count_is_in_the_sum(self):
        jobs = [
            lambda: Result(3, 1, 0, ["one"]),
            lambda: Result(4, 0, 2),
            lambda: Result(problems=["two"]),
        ]
        self.assertEqual(
            testing.lanes("Counting", jobs), Result(7, 1, 2, ["one", "two"])
        )

    def test_a_failure_ends_it(self):
        def fail():
            raise Failure("No such thing.")

        with self.assertRaisesRegex(Failure, "No such thing"):
            testing.lanes("Failing", [fail, lambda: Result(passed=1)])


class TestAll(unittest.TestCase):
    """Every part is run once, the add-ons' tests first."""

    def test_parts(self):
        order = []

        def part(*numbers):
            """Stand for jobs, each with another number of tests."""
            jobs = mock.MagicMock()
            jobs.return_value.__enter__.return_value = [
                partial(run, Result(passed=10**number)) for number in numbers
            ]
            return jobs

        def run(result):
            order.append(result)
            return result

        bridge = mock.Mock(return_value=Result(passed=1_000_000))
        with (
            mock.patch.object(testing, "_shares", part(7, 8)),
            mock.patch.object(testing.resilience, "jobs", part(0, 1, 2)),
            mock.patch.object(testing.printer, "ensure"),
            mock.patch.object(testing, "_drop_leftovers"),
            mock.patch.object(testing, "_wheel", return_value=Result(1000)),
            mock.patch.object(testing, "_cost", return_value=Result(10_000)),
            mock.patch.object(testing, "run_scoring", return_value=Result(100_000)),
            mock.patch.object(testing, "_bridges", return_value=[bridge]),
            mock.patch.object(testing.browser, "environment"),
            mock.patch("tools.console._write"),
        ):
            self.assertEqual(testing.run_all(), Result(111_111_111))
        shares = [Result(10**7), Result(10**8)]
        self.assertCountEqual(order[:2], shares)


if __name__ == "__main__":
    unittest.main()
