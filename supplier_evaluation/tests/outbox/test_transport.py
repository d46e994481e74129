import contextlib
import gzip
import json
import logging
import socket
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from threading import Thread
from traceback import format_exception

from odoo.tests import BaseCase, tagged

from ...transport import Client, Problem, Settings, Token, authorized
from ...transport.guard import is_public
from .server import Reply, Server


def _drip(server, begin):
    """Answer one letter after the other, for as long as anybody listens."""
    connection, _address = server.accept()
    with connection, contextlib.suppress(OSError):
        connection.recv(65_536)
        connection.sendall(begin)
        for _index in range(100):
            connection.sendall(b"a")
            time.sleep(0.05)


@tagged("post_install", "-at_install")
class TestTransport(BaseCase):
    """Requests to a server of the test, which behaves well and badly."""

    def setUp(self):
        super().setUp()
        self.replies, self.slept = [], []
        self.server = Server(lambda asked: self._next(asked))
        self.addCleanup(self.server.close)

    def _next(self, asked):
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]

    def _client(self, **settings):
        settings = {"allow_private": True, "pause": 1, **settings}
        return Client(Settings(**settings), sleep=self.slept.append)

    def _get(self, *replies, path="/x", **settings):
        self.replies = list(replies)
        with self._client(**settings) as client:
            return client.request("GET", f"{self.server.url}{path}")

    def _assert_problem(self, kind, *replies, **options):
        with self.assertRaises(Problem) as caught:
            self._get(*replies, **options)
        self.assertEqual(caught.exception.kind, kind)
        return caught.exception

    def test_answer(self):
        answer = self._get(Reply({"a": "é"}))
        self.assertEqual((answer.status, answer.json()), (200, {"a": "é"}))

    def test_busy_then_taken(self):
        busy = Reply(status=429, Retry_After="7")
        self.assertEqual(self._get(busy, Reply("ok")).text, "ok")
        self.assertEqual(self.slept, [7])

    def test_retry_after_a_moment(self):
        moment = datetime.now(UTC) + timedelta(seconds=30)
        busy = Reply(status=503, Retry_After=format_datetime(moment, usegmt=True))
        self._get(busy, Reply("ok"))
        [slept] = self.slept
        self.assertTrue(25 < slept <= 30)

    def test_retry_after_that_says_nothing(self):
        """It is waited for as long as without it."""
        for text in (
            "\xb2",
            "9" * 5000,
            "-1",
            "soon",
            "Mon, 01 Jan 99999999999 00:00:00 GMT",
            "Mon, 01 Jan 0001 00:00:00 +9999999999",
        ):
            with self.subTest(text=text[:9]):
                self.slept.clear()
                busy = Reply(status=429, Retry_After=text)
                self.assertEqual(self._get(busy, Reply("ok")).text, "ok")
                self.assertTrue(0.5 <= self.slept[0] <= 1)

    def test_length_that_says_nothing(self):
        for text in ("\xb2", "9" * 5000):
            with self.subTest(text=text[:9]):
                many = Reply(b"x" * 2000, Content_Length=text, Connection="close")
                self._assert_problem("size", many, size=1000)

    def test_waits_no_longer_than_allowed(self):
        problem = self._assert_problem("busy", Reply(status=429, Retry_After="3600"))
        self.assertEqual(problem.wait, 3600)
        self.assertEqual(self.slept, [])

    def test_backs_off_with_jitter(self):
        self._assert_problem("server", Reply(status=500))
        self.assertEqual(len(self.server.asked), 4)
        for slept, longest in zip(self.slept, (1, 2, 4), strict=True):
            self.assertTrue(longest / 2 <= slept <= longest)

    def test_what_is_no_question_is_not_repeated(self):
        self.replies = [Reply(status=500)]
        with self._client() as client, self.assertRaises(Problem):
            client.request("POST", self.server.url, data=b"x")
        self.assertEqual(len(self.server.asked), 1)

    def test_refused(self):
        self._assert_problem("login", Reply(status=401))
        self._assert_problem("status", Reply(status=404))
        self.assertEqual(len(self.server.asked), 2)

    def test_time_out(self):
        slow = Reply("late", delay=0.5)
        self._assert_problem("timeout", slow, read=0.1, tries=1)

    def test_one_letter_at_a_time(self):
        """Neither a head nor a body that never ends is waited for."""
        head = b"HTTP/1.1 200 OK\r\n"
        for begin in (head + b"X-Slow: ", head + b"Content-Length: 999\r\n\r\n"):
            with self.subTest(begin=begin):
                began = time.monotonic()
                self.assertEqual(self._ask_slow(begin), "timeout")
                self.assertLess(time.monotonic() - began, 2)

    def _ask_slow(self, begin):
        """Return what is wrong with one that sends this, and then letters."""
        with (
            socket.create_server(("127.0.0.1", 0)) as slow,
            self._client(total=0.4, read=5, tries=1) as client,
            self.assertRaises(Problem) as caught,
        ):
            Thread(target=_drip, args=(slow, begin), daemon=True).start()
            port = slow.getsockname()[1]
            client.request("POST", f"http://127.0.0.1:{port}/", data=b"x")
        return caught.exception.kind

    def test_a_name_server_that_is_away(self):
        """It passes: else all that waits would be given up, one after the other."""

        def resolve(error):
            def fail(*args, **options):
                raise socket.gaierror(error, "no")

            return fail

        for error, kind in (
            (socket.EAI_AGAIN, "connection"),
            (socket.EAI_NONAME, "unknown_host"),
        ):
            with (
                Client(Settings(tries=1), resolve=resolve(error)) as client,
                self.assertRaises(Problem) as caught,
            ):
                client.request("GET", "http://localhost/")
            self.assertEqual(caught.exception.kind, kind)

    def test_only_the_status(self):
        """Who is not asked for more than whether it was taken may say anything."""
        for reply in (Reply(b"x" * 2000), Reply(b"x", Content_Encoding="gzip")):
            answer = self._get(reply, size=1000, reads=False)
            self.assertEqual((answer.status, answer.body), (200, b""))
        self._assert_problem("status", Reply(b"x" * 2000, 404), size=1, reads=False)

    def test_no_connection(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        with self._client(tries=1) as client, self.assertRaises(Problem) as caught:
            client.request("GET", f"http://127.0.0.1:{port}/")
        self.assertEqual(caught.exception.kind, "connection")

    def test_huge(self):
        self._assert_problem("size", Reply(b"x" * 2000), size=1000)

    def test_huge_without_a_length(self):
        """The size is counted as it comes, whatever a header says."""
        many = Reply(b"x" * 200_000, Content_Length="", Connection="close")
        self._assert_problem("size", many, size=1000)

    def test_packed(self):
        bomb = Reply(gzip.compress(b"0" * 1_000_000), Content_Encoding="gzip")
        self._assert_problem("encoding", bomb)

    def test_broken_json(self):
        for text in ("{", "", "[NaN]", "<html>", "[" * 100_000):
            with self.subTest(text=text[:9]), self.assertRaises(Problem) as caught:
                self._get(Reply(text)).json()
            self.assertEqual(caught.exception.kind, "json")

    def test_redirect(self):
        own = Reply(status=302, Location="/y")
        self.assertEqual(self._get(own, Reply("ok")).text, "ok")
        for place in ("http://other.example/", "https://127.0.0.1/", "//other.example"):
            with self.subTest(place=place):
                self._assert_problem("redirect", Reply(status=302, Location=place))
        self._assert_problem("redirect", own)

    def test_what_is_posted_is_not_redirected(self):
        self.replies = [Reply(status=307, Location="/y")]
        with self._client() as client, self.assertRaises(Problem) as caught:
            client.request("POST", self.server.url, data=b"secret")
        self.assertEqual(caught.exception.kind, "redirect")

    def test_private(self):
        self._assert_problem("private", Reply("inside"), allow_private=False)
        self.assertFalse(self.server.asked)

    def test_the_checked_address_is_the_one_connected_to(self):
        """A name that is public when it is checked, and private afterwards."""
        answers = []

        def resolve(name, port, **options):
            answers.append(name)
            address = "192.0.2.1" if len(answers) > 1 else "127.0.0.1"
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

        settings = Settings(allow_private=True)
        url = self.server.url.replace("127.0.0.1", "localhost")
        self.replies = [Reply("ok")]
        with Client(settings, resolve=resolve) as client:
            client.request("GET", url)
        self.assertEqual(answers, ["localhost"])
        self.assertEqual(
            self.server.asked[0].headers["host"], url.removeprefix("http://")
        )

    def test_one_private_address_is_enough(self):
        def resolve(name, port, **options):
            return [
                (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))
                for address in ("93.184.215.14", "10.0.0.1")
            ]

        with Client(resolve=resolve) as client, self.assertRaises(Problem) as caught:
            client.request("GET", "http://localhost/")
        self.assertEqual(caught.exception.kind, "private")

    def test_public(self):
        inside = (
            "127.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 "
            "0.0.0.0 224.0.0.1 255.255.255.255 ::1 :: fe80::1 fe80::1%eth0 fd00::1 "
            "::ffff:127.0.0.1 64:ff9b::a00:1 2002:7f00:1:: ff02::1 "
            "fec0::1 feff::1 64:ff9b:1::7f00:1 64:ff9b:1:ffff::8.8.8.8 ::127.0.0.1 "
            "::8.8.8.8 ::ffff:0:127.0.0.1 2001::1 3fff::1 5f00::1 100::1"
        )
        for address in inside.split():
            with self.subTest(address=address):
                self.assertFalse(is_public(address))
        for address in ("8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"):
            self.assertTrue(is_public(address), address)

    def test_addresses(self):
        for url in (
            "",
            "ftp://a.example",
            "file:///etc/passwd",
            "http://",
            "x",
            "https://u:p@a.example/",
            "http://a.example:99999/",
        ):
            with self.subTest(url=url), self._client() as client:
                with self.assertRaises(Problem) as caught:
                    client.request("GET", url)
                self.assertEqual(caught.exception.kind, "address")

    def test_no_proxy_of_the_machine(self):
        with self._client() as client:
            self.assertFalse(client._session.trust_env)

    def test_rate(self):
        self.replies, now = [Reply("ok")], [0.0]
        settings = Settings(allow_private=True, per_second=2)
        with Client(settings, sleep=self.slept.append, clock=lambda: now[0]) as client:
            for _index in range(3):
                client.request("GET", self.server.url)
        self.assertEqual(self.slept, [0.5, 1.0])

    def test_secrets_are_in_no_log(self):
        root = logging.getLogger()
        urllib3 = logging.getLogger("urllib3")
        level = urllib3.level
        urllib3.setLevel(logging.DEBUG)
        self.addCleanup(urllib3.setLevel, level)
        with self.assertLogs(root, "DEBUG") as logs:
            root.debug("one line at least")
            problem = self._assert_problem(
                "server", Reply(status=500), path="/hook?key=S3CRET", tries=2
            )
        self.assertNotIn("S3CRET", "".join(logs.output))
        self.assertNotIn("S3CRET", str(problem))

    def test_secrets_are_in_no_chain_of_errors(self):
        for url in (
            "http://127.0.0.1:1/hook?key=S3CRET",
            "http://none.invalid/hook?key=S3CRET",
            "http://x.example:S3CRET/",
            "http://[S3CRET/",
        ):
            with self.subTest(url=url), self._client(tries=1) as client:
                with self.assertRaises(Problem) as caught:
                    client.request("GET", url)
                told = "".join(format_exception(caught.exception))
                self.assertNotIn("S3CRET", told)

    def test_what_an_answer_says_can_be_kept(self):
        said = Reply('{"a\\u0000": ["\\ud800x", 1e999, "😀"]}')
        self.assertEqual(self._get(said).json(), {"a": ["?x", "1e999", "😀"]})
        problem = Problem("refused", code=["\ud800"], text="\0" + "x" * 999, status=5)
        self.assertEqual(problem.values["text"], "x" * 300)
        self.assertEqual(problem.values["status"], 5)
        json.dumps(problem.values, allow_nan=False).encode()

    def test_an_error_in_the_words_of_an_answer_is_tried_again(self):
        def check(answer):
            if answer.text != "ok":
                raise Problem(answer.text, host=answer.host)

        self.replies = [Reply("busy"), Reply("busy"), Reply("ok")]
        with self._client() as client:
            url = self.server.url
            self.assertEqual(client.request("GET", url, check=check).text, "ok")
            self.assertEqual(len(self.slept), 2)
            self.replies = [Reply("refused")]
            with self.assertRaises(Problem):
                client.request("GET", url, check=check)
        self.assertEqual(len(self.server.asked), 4)

    def test_token_is_fetched_again_once(self):
        fetched, called = [], []

        def fetch():
            fetched.append(len(fetched))
            return fetched[-1]

        def call(value):
            called.append(value)
            if value == 0:
                raise Problem("login", host="h", status=401)
            return value

        self.assertEqual(authorized(Token(fetch), call), 1)
        self.assertEqual(called, [0, 1])
        with self.assertRaises(Problem):
            authorized(Token(lambda: 0), call)
        self.assertEqual(called, [0, 1, 0, 0])
