from contextlib import suppress
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ...transport import Client
from .common import OK, SENDING, OutboxCommon
from .server import Reply


@tagged("post_install", "-at_install")
class TestOutbox(OutboxCommon):
    """Messages leave once, in their order, and none is lost."""

    def test_order_and_once(self):
        first = self._enqueue("a", {"title": "One", "lines": ["x"]})
        self.assertEqual(self._enqueue("a", "Again"), first)
        self._enqueue("b", "Two")
        self._send()
        self._send()
        self.assertEqual(self._said(), ["One", "Two"])
        self.assertEqual(first.state, "sent")
        self.assertTrue(first.date_sent)

    def test_a_bad_one_keeps_its_place_for_a_while(self):
        self.answers = [Reply(status=503), Reply(OK)]
        with freeze_time("2026-03-10 08:00:00"):
            first = self._enqueue("a", "One")
            self._enqueue("b", "Two")
            self._send()
        self.assertEqual((first.state, first.problem), ("waiting", "server"))
        self.assertEqual(str(first.date_next), "2026-03-10 08:01:01")
        with freeze_time("2026-03-10 08:00:30"):
            self._send()
        self.assertEqual(self._said(), ["One"])
        with freeze_time("2026-03-10 08:01:02"):
            self._send()
        self.assertEqual(self._said(), ["One", "One", "Two"])
        self.assertFalse(first.reason)

    def test_as_the_chat_asks(self):
        self.answers = [Reply(status=429, Retry_After="600")]
        with freeze_time("2026-03-10 08:00:00"):
            message = self._enqueue()
            self._send()
        self.assertEqual(str(message.date_next), "2026-03-10 08:10:00")

    def test_refused_in_an_answer_of_200(self):
        self.answers = [
            Reply({"errcode": 93000, "errmsg": "invalid webhook url"}),
            Reply({"errcode": 0}),
        ]
        dead, other = self._enqueue("a", "One"), self._enqueue("b", "Two")
        self._send(fails="invalid webhook url")
        self.assertEqual((dead.state, other.state), ("dead", "sent"))
        self.assertIn("93000", dead.reason)
        self.assertIn("documentation", dead.mend)
        dead.with_user(self.people["manager"]).action_retry()
        self._send()
        self.assertEqual(dead.state, "sent")

    def test_what_nobody_foresaw(self):
        """It ends as not sent, with its place in the log, and the next one leaves."""
        dead, other = self._enqueue("a", "One"), self._enqueue("b", "Two")
        request, failed = Client.request, []

        def fail(client, *args, **options):
            if not failed:
                failed.append(True)
                raise ZeroDivisionError(self.chat.url)
            return request(client, *args, **options)

        with (
            patch.object(Client, "request", fail),
            self.assertLogs(SENDING, "ERROR") as logs,
        ):
            self._send(fails="not foreseen (ZeroDivisionError)")
        self.assertEqual((dead.state, other.state), ("dead", "sent"))
        self.assertTrue(dead.mend)
        [said] = logs.output
        self.assertIn("client.request", said)
        self.assertNotIn("S3CRET", said)

    def test_strange_answers(self):
        """Whatever a chat answers, its message does not stay under way."""
        for number, (answer, state) in enumerate(
            (
                (Reply({"errcode": []}), "dead"),
                (Reply('{"errcode": 1e999, "errmsg": "\\ud800\\u0000"}'), "dead"),
                (Reply(status=429, Retry_After="\xb2"), "waiting"),
                (Reply(status=503, Retry_After="9" * 5000), "waiting"),
            )
        ):
            with self.subTest(number=number):
                self.answers = [answer]
                chat = self._chat(name=str(number), url=self.server.url)
                message = self._enqueue(chat=chat)
                self._send(fails="was refused" if state == "dead" else None)
                self.assertEqual(message.state, state)
                chat.active = False

    def test_given_up_after_some_tries(self):
        self.answers = [Reply(status=500)]
        message = self._enqueue()
        message._write_guarded({"tries": 7})
        self._send(fails="error of its own")
        self.assertEqual((message.state, message.tries), ("dead", 8))
        message.with_user(self.people["manager"]).action_drop()
        self.assertEqual(message.state, "dropped")

    def test_one_chat_does_not_stop_another(self):
        other = self._chat(name="Second", url=f"{self.server.url}/other")
        self.chat.url = "http://127.0.0.1:1/none"
        bad, good = self._enqueue("a"), self._enqueue("a", chat=other)
        self._send()
        self.assertEqual((bad.state, bad.problem), ("waiting", "connection"))
        self.assertEqual(good.state, "sent")

    def test_rate(self):
        with freeze_time("2026-03-10 08:00:00"):
            for number in range(25):
                self._enqueue(str(number))
            self._send()
            self.assertEqual(len(self.server.asked), 20)
        with freeze_time("2026-03-10 08:01:01"):
            self._send()
        self.assertEqual(len(self.server.asked), 25)

    # ------------------------------------------------------------
    # Killed in the middle
    # ------------------------------------------------------------

    def _kill(self, after):
        """End the process while a message is under way.

        :param bool after: whether the chat has it already
        """
        request = Client.request

        def die(client, *args, **options):
            if after:
                request(client, *args, **options)
            raise SystemExit

        # Not assertRaises: that of Odoo would undo what was committed.
        with patch.object(Client, "request", die), suppress(SystemExit):
            self._send()
        self.env.invalidate_all()

    def test_killed_before(self):
        with freeze_time("2026-03-10 08:00:00"):
            first, second = self._enqueue("a", "One"), self._enqueue("b", "Two")
            self._kill(after=False)
            self.assertEqual((first.state, second.state), ("sending", "waiting"))
            self._send()
            self.assertFalse(self.server.asked, "Another process may be at it.")
        with freeze_time("2026-03-10 08:05:01"):
            self._send()
        self.assertEqual(self._said(), ["One", "Two"])
        self.assertTrue(first.maybe_twice)

    def test_killed_after(self):
        """A chat cannot be asked: it has it twice, and the form says so."""
        with freeze_time("2026-03-10 08:00:00"):
            message = self._enqueue()
            self._kill(after=True)
        with freeze_time("2026-03-10 08:05:01"):
            self._send()
        self.assertEqual(len(self.server.asked), 2)
        self.assertTrue(message.maybe_twice)

    def test_killed_after_with_a_key(self):
        """A webhook knows the message by its key, and takes it once."""
        self.chat.write({"kind": "webhook", "secret": "S"})
        with freeze_time("2026-03-10 08:00:00"):
            message = self._enqueue("once")
            self._kill(after=True)
        with freeze_time("2026-03-10 08:05:01"):
            self._send()
        keys = {asked.headers["idempotency-key"] for asked in self.server.asked}
        self.assertEqual(keys, {"once"})
        self.assertFalse(message.maybe_twice)

    # ------------------------------------------------------------
    # Settings
    # ------------------------------------------------------------

    def test_off(self):
        self.chat.active = False
        self.assertFalse(self._enqueue())

    def test_no_title(self):
        with self.assertRefused("no title"):
            self._enqueue(payload={"lines": ["x"]})

    def test_private_address(self):
        self.chat.allow_private = False
        message = self._enqueue()
        self._send(fails="inside our own network")
        self.assertEqual(message.state, "dead")
        self.assertFalse(self.server.asked)

    def test_addresses(self):
        for url in ("ftp://x.example", "https://u:p@x.example/"):
            with self.assertRaises(ValidationError):
                self.chat.url = url
        with self.assertRefused("has no secret", ValidationError):
            self.chat.kind = "webhook"

    def test_test_message(self):
        self.chat.with_user(self.people["manager"]).action_test()
        self.assertEqual(self._said(), ["Test of “Purchasing”"])
        self.answers = [Reply({"errcode": 93000, "errmsg": "invalid webhook url"})]
        with self.assertRefused("invalid webhook url", UserError):
            self.chat.action_test()

    def test_preview_shows_no_secret(self):
        message = self._enqueue(payload={"title": "T", "lines": ["Late"]})
        self.assertIn("Late", message.preview)
        self.assertNotIn("S3CRET", message.preview + self.chat.preview)

    def test_users_enqueue_nothing(self):
        outbox = self.env["supplier.outbox"].with_user(self.people["manager"])
        with self.assertRaises(AccessError):
            outbox.enqueue(self.chat, "k", "Hello")
