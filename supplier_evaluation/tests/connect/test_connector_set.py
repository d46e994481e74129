import json
import logging
from functools import wraps

from odoo.tests import tagged

from ...feeds.mapping import checksum
from ...transport import Problem
from ..outbox.server import Reply
from ..scheduled import IR_CRON, SCHEDULED
from .common import CRON, ConnectCommon
from .systems import ELSEWHERE, HUGE, NAMES, SYSTEMS


def each_system(test):
    """Make a test once with each system; what one of them leaves is undone."""

    @wraps(test)
    def tests(self):
        for kind in SYSTEMS:
            with self.subTest(system=kind.label):
                savepoint = self.env.cr.savepoint()
                try:
                    self._begin(kind)
                    test(self)
                finally:
                    self.env.invalidate_all(flush=False)
                    savepoint.close(rollback=True)

    return tests


@tagged("post_install", "-at_install")
class TestConnectorSet(ConnectCommon):
    """Every connector, whatever its system does: nothing is lost or comes twice."""

    def _begin(self, kind):
        self.system, self.before = kind(self.server.url), []
        self.server.asked.clear()
        self.system.prepare(self.env, self.company)

    def _reply(self, asked):
        if self.before and not self.system.is_login(asked):
            return self.before.pop(0)
        return self.system.answer(asked)

    def _its(self, **vals):
        """Return its connector."""
        system = self.system
        return self._connector(
            system.preset, system.fields, **{**system.values(), **vals}
        )

    def _taken(self):
        return self.system.taken(self.env)

    def _assert_fails(self, reason, *replies, **vals):
        """Assert that a run ends with a reason and a mend, and nothing was taken."""
        connector = self._its(**vals)
        self.before = list(replies)
        run = self._run(connector, fails=reason)
        self.assertEqual(run.state, "failed")
        self.assertIn(reason, run.reason)
        self.assertTrue(run.mend)
        self.assertNotIn("K3Y", f"{run.reason}{run.problem_values}")
        self.assertFalse(self._taken())

    # ------------------------------------------------------------
    # What comes
    # ------------------------------------------------------------

    @each_system
    def test_paging(self):
        run = self._run(self._its())
        self.assertEqual(self._taken(), NAMES)
        self.assertEqual((run.state, run.record_count), ("done", 5))
        self.assertEqual(run.created_count, 5)
        self.assertGreaterEqual(run.page_count, 3)
        self.assertEqual(len(self.system.tokens), int(self.system.has_tokens))

    @each_system
    def test_the_same_feed_twice(self):
        connector = self._its()
        self._run(connector)
        again = self._run(connector)
        self.assertEqual(again.state, "done")
        self.assertEqual(again.unchanged_count, again.record_count)
        # A hub tells by its manifest that there is nothing new.
        self.assertEqual(again.record_count, 0 if connector.preset == "hub" else 5)
        self.assertEqual(self._taken(), NAMES)
        self.assertFalse(connector.letter_ids)

    @each_system
    def test_killed_in_the_middle(self):
        """After the second page was taken, and before it was remembered."""
        connector = self._its()
        self._run_killed(connector)
        self.assertEqual(self._taken(), NAMES[:2])
        run = self._run(connector)
        self.assertEqual(self._taken(), NAMES)
        self.assertEqual(len(connector.run_ids), 1)
        self.assertEqual((run.created_count, run.record_count), (5, 5))

    # ------------------------------------------------------------
    # What passes
    # ------------------------------------------------------------

    @each_system
    def test_what_passes(self):
        """Busy in its own words and in those of HTTP, and an error of its own."""
        connector = self._its()
        busy = Reply(status=429, Retry_After="0")
        self.before = [self.system.busy, busy, Reply(status=500)]
        self.assertEqual(self._run(connector).created_count, 5)

    @each_system
    def test_busy_for_good(self):
        self._assert_fails("takes no more", *[self.system.busy] * 4)

    @each_system
    def test_error_of_the_server_for_good(self):
        self._assert_fails("error of its own", *[Reply(status=500)] * 4)

    @each_system
    def test_time_out(self):
        with self._impatient():
            self._assert_fails("did not answer in time", *[Reply(delay=0.3)] * 2)

    @each_system
    def test_token_is_over(self):
        """One new token is fetched; a key that is refused is refused."""
        if not self.system.has_tokens:
            self._assert_fails("refuses our credentials", *[self.system.over] * 2)
            return
        connector = self._its()
        self.before = [self.system.over]
        self.assertEqual(self._run(connector).created_count, 5)
        self.assertEqual(self.system.tokens, ["T0", "T1"])
        self.assertEqual(self._taken(), NAMES)

    @each_system
    def test_credentials_are_refused(self):
        self._assert_fails("refuses our credentials", *[self.system.over] * 2)
        if self.system.has_tokens:
            self.assertEqual(self.system.tokens, ["T0", "T1"])
            self.assertFalse(self.before)

    # ------------------------------------------------------------
    # What stays
    # ------------------------------------------------------------

    @each_system
    def test_broken(self):
        self._assert_fails(self.system.broken[1], self.system.broken[0])

    @each_system
    def test_huge(self):
        self._assert_fails("larger than", HUGE)

    @each_system
    def test_redirect(self):
        self._assert_fails("another place", ELSEWHERE)

    @each_system
    def test_private_address(self):
        self._assert_fails("inside our own network", allow_private=False)
        self.assertFalse(self.server.asked)

    @each_system
    def test_what_has_another_shape(self):
        connector = self._its()
        for content in self.system.wrong:
            with self.subTest(content=content), self.assertRaises(Problem) as caught:
                feed = connector._feed()
                self.before = [Reply(content)]
                with feed.client:
                    feed.next_page({})
            self.assertEqual(caught.exception.kind, "shape")

    @each_system
    def test_login_has_another_shape(self):
        if not self.system.has_tokens:
            return
        connector, answer = self._its(), self.system.answer
        for content in ([], {"access_token": []}, {"errorCode": 0}, {"errorCode": []}):
            self.system.answer = lambda asked, said=content: (
                Reply(said) if self.system.is_login(asked) else answer(asked)
            )
            with self.subTest(content=content), self.assertRaises(Problem) as caught:
                feed = connector._feed()
                with feed.client:
                    feed.next_page({})
            self.assertIn(caught.exception.kind, ("shape", "login", "refused"))

    @each_system
    def test_one_page_for_ever(self):
        """A system that knows no pages, or forgot them, is found out."""
        if not self.system.open_end:
            return
        connector, answer, first = self._its(), self.system.answer, []

        def repeat(asked):
            if self.system.is_login(asked):
                return answer(asked)
            first.append(answer(asked))
            return first[0]

        self.system.answer = repeat
        run = self._run(connector, fails="same page again")
        self.assertEqual((run.page_count, run.created_count), (1, 2))
        self.assertFalse(connector.cursor, "The next run begins anew.")

    @each_system
    def test_what_no_database_keeps(self):
        """Zero characters and halves of pairs stop no batch."""
        for row in self.system.rows:
            row["name"] = "Feed \0Supplier \ud83d"
        feed = self._its()._feed()
        with feed.client:
            rows = feed.next_page({}).rows
        said = json.dumps(rows, ensure_ascii=False)
        self.assertIn("Feed Supplier ", said)
        self.assertNotIn("\\u0000", said)
        said.encode()

    @each_system
    def test_no_secret_is_logged(self):
        """Neither in the words nor in the traceback of a run that failed."""
        connector = self._its(url="http://127.0.0.1:1/?key=S3CRET", key="S3CRET")
        if connector.login_url:
            connector.login_url = "http://127.0.0.1:1/?key=S3CRET"
        connector.action_run()
        cron = self.env.ref(CRON)
        with (
            self.enter_registry_test_mode(),
            self.assertLogs(IR_CRON, "ERROR") as error,
            self.assertLogs(SCHEDULED, "WARNING") as warning,
            self.assertLogs("urllib3", logging.DEBUG) as below,
        ):
            logging.getLogger("urllib3").debug("one line at least")
            cron.method_direct_trigger()
        said = "".join(error.output + warning.output + below.output)
        self.assertIn("Traceback", said)
        self.assertIn("broke", said)
        self.assertNotIn("S3CRET", said)
        self.env.invalidate_all()
        self.assertNotIn("S3CRET", str(connector.run_ids.read()))

    # ------------------------------------------------------------
    # What is asked
    # ------------------------------------------------------------

    @each_system
    def test_other_pages_are_read_from_the_beginning(self):
        connector = self._its()
        cursor = {"page": 3, "seen": checksum([])}
        connector._write_guarded({"cursor": cursor})
        connector.name = "Renamed"
        connector.page_size = connector.page_size
        self.assertEqual(connector.cursor, cursor)
        connector.page_size = 5
        self.assertFalse(connector.cursor)
