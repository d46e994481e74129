import threading
import unittest
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


class TestBeside(unittest.TestCase):
    """Every part that runs beside others is run once."""

    def test_parts(self):
        cases = [mock.Mock(return_value=Result(passed=10**n)) for n in range(3)]
        bridge = mock.Mock(return_value=Result(passed=1_000_000))
        jobs = mock.MagicMock()
        jobs.return_value.__enter__.return_value = cases
        with (
            mock.patch.object(testing.resilience, "jobs", jobs),
            mock.patch.object(testing, "_drop_leftovers"),
            mock.patch.object(testing, "_wheel", return_value=Result(1000)),
            mock.patch.object(testing, "_cost", return_value=Result(10_000)),
            mock.patch.object(testing, "run_scoring", return_value=Result(100_000)),
            mock.patch.object(testing, "_bridges", return_value=[bridge]),
            mock.patch.object(testing.browser, "environment"),
            mock.patch("tools.console._write"),
        ):
            self.assertEqual(testing.run_beside(), Result(1_111_111))


if __name__ == "__main__":
    unittest.main()
