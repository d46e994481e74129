"""A client that is patient with others, and trusts none of them."""

import random
import socket
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from urllib.parse import urljoin, urlsplit

import requests
from urllib3.exceptions import HTTPError

from .answer import Answer
from .deadline import Deadline
from .guard import Guard, PinnedAdapter, TimedAdapter
from .problem import Problem
from .quiet import quiet

REDIRECTS = {301, 302, 303, 307, 308}
MOST_REDIRECTS = 3
CHUNK = 65_536
DIGITS = 15
AGENT = "supplier-evaluation"
# What the libraries below raise when an answer is bad, or does not come.
BROKEN = (
    requests.exceptions.RequestException,
    HTTPError,
    HTTPException,
    OSError,
    ValueError,
)


@dataclass(frozen=True)
class Settings:
    """How a client behaves; times are in seconds.

    :param tries: how often a request that may be repeated is made
    :param pause: before the second try; each further pause is twice as long
    :param longest: more is never waited for, whatever the other side asks
    :param total: as long an answer may take as a whole
    :param size: as many bytes an answer may have
    :param reads: whether an answer says more than its status
    :param per_second: requests, or None
    """

    connect: float = 5
    read: float = 20
    total: float = 120
    tries: int = 4
    pause: float = 1
    longest: float = 60
    size: int = 20_000_000
    reads: bool = True
    per_second: float | None = None
    allow_private: bool = False
    use_proxies: bool = False


class Client:
    """Makes requests; it is used by one thread.

    :param Settings settings: how
    :param resolve: as ``socket.getaddrinfo``
    :param sleep: as ``time.sleep``
    :param clock: as ``time.monotonic``
    """

    def __init__(
        self,
        settings=None,
        resolve=socket.getaddrinfo,
        sleep=time.sleep,
        clock=time.monotonic,
    ):
        self.settings = settings or Settings()
        self._sleep, self._clock = sleep, clock
        self._guard = Guard(self.settings.allow_private, resolve)
        self._free = clock()
        self._deadline = Deadline()
        self._session = requests.Session()
        # No proxy, password or certificate of the machine unless somebody says so.
        self._session.trust_env = self.settings.use_proxies
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, self._adapter())

    def _adapter(self):
        times = (self.settings.connect, self.settings.read)
        if self.settings.use_proxies:
            return TimedAdapter(times)
        return PinnedAdapter(times, self._guard, self._deadline)

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self._session.close()

    def request(self, method, url, *, repeat=None, accept=(), check=None, **options):
        """Make a request, again where that may help.

        :param str method: such as ``GET``
        :param bool repeat: whether it may be made again; by default a ``GET`` may
        :param accept: statuses of 400 and more that are an answer, too
        :param check: raises ``Problem`` where an answer has an error in its words; one
            that passes is tried again, too
        :param options: ``params``, ``json``, ``data`` and ``headers``
        :return Answer: with a status below 400, or an accepted one
        :raises Problem: anything else
        """
        repeat = method == "GET" if repeat is None else repeat
        tries = self.settings.tries if repeat else 1
        for number in range(1, tries + 1):
            try:
                answer = self._once(method, url, accept, options)
                if check:
                    check(answer)
                return answer
            except Problem as problem:
                wait = self._pause(number, problem.wait)
                if not problem.passes or number == tries or wait is None:
                    raise
            self._sleep(wait)
        raise AssertionError("unreachable")  # pragma: no cover

    def _pause(self, number, asked):
        """Return how long to wait before the next try; None: longer than allowed."""
        if asked is not None:
            return asked if asked <= self.settings.longest else None
        pause = min(self.settings.pause * 2 ** (number - 1), self.settings.longest)
        # Many that failed at once do not all come back at once.
        return pause * random.uniform(0.5, 1)

    def _once(self, method, url, accept, options):
        for _number in range(MOST_REDIRECTS + 1):
            answer = self._send(method, url, options)
            if answer.status not in REDIRECTS:
                return _checked(answer, accept)
            url = _next_address(method, url, answer)
            options = {**options, "params": None}
        raise Problem("redirect", host=answer.host)

    def _send(self, method, url, options):
        host = check_address(url)
        self._wait_for_turn()
        headers = {
            "User-Agent": AGENT,
            "Accept-Encoding": "identity",
            **(options.get("headers") or {}),
        }
        end = self._clock() + self.settings.total
        if self.settings.use_proxies:
            self._guard.addresses(host, urlsplit(url).port or 443)
        try:
            with (
                quiet(),
                self._deadline.within(self.settings.total),
                self._session.request(
                    method,
                    url,
                    allow_redirects=False,
                    stream=True,
                    **{**options, "headers": headers},
                ) as got,
            ):
                return self._read(got, host, end)
        except BROKEN as error:
            kind = "timeout" if self._deadline.is_over else _kind_of(error)
        # Not in the block above: its error names the whole address, with its secret.
        raise Problem(kind, host=host)

    def _read(self, got, host, end):
        headers = {name.lower(): value for name, value in got.headers.items()}
        if not self.settings.reads and not self._deadline.is_over:
            return Answer(got.status_code, b"", headers, host)
        if headers.get("content-encoding", "identity").lower() != "identity":
            # A small answer could be a huge one.
            raise Problem("encoding", host=host)
        length, body = _whole(headers.get("content-length")), bytearray()
        if length and length > self.settings.size:
            raise Problem("size", host=host, size=self.settings.size)
        for chunk in got.iter_content(CHUNK):
            body += chunk
            if len(body) > self.settings.size:
                raise Problem("size", host=host, size=self.settings.size)
            if self._clock() > end:
                raise Problem("timeout", host=host)
        if self._deadline.is_over:
            # It ended where it was cut off.
            raise Problem("timeout", host=host)
        return Answer(got.status_code, bytes(body), headers, host)

    def _wait_for_turn(self):
        if self.settings.per_second:
            now = self._clock()
            if now < self._free:
                self._sleep(self._free - now)
            self._free = max(now, self._free) + 1 / self.settings.per_second


def check_address(url):
    """Return the host of an address.

    :raises Problem: ``address``, if it is none of http or https, or has a password
    """
    try:
        parts = urlsplit(url or "")
        int(parts.port or 0)  # raises, where it is none
    except ValueError:
        # Its words are those of the address.
        raise Problem("address", host="") from None
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise Problem("address", host=parts.hostname or "")
    return parts.hostname


def _checked(answer, accept):
    status, host = answer.status, answer.host
    if status < 400 or status in accept:
        return answer
    values = {"host": host, "status": status}
    if status == 429 or status >= 500:
        wait = _retry_after(answer.headers.get("retry-after"))
        kind = "busy" if status == 429 else "server"
        raise Problem(kind, **values, **({} if wait is None else {"wait": wait}))
    if status in (401, 403):
        raise Problem("login", **values)
    raise Problem("status", **values)


def _retry_after(text):
    """Return the seconds of a header, which has them or a moment; None: neither."""
    number = _whole(text)
    if number is not None:
        return number
    try:
        moment = parsedate_to_datetime((text or "").strip())
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return max((moment - datetime.now(UTC)).total_seconds(), 0)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _whole(text):
    """Return the whole number of a header, or None; no system means a longer one."""
    text = (text or "").strip()
    is_number = text.isascii() and text.isdigit() and len(text) <= DIGITS
    return int(text) if is_number else None


def _next_address(method, url, answer):
    """Return where an answer points, on the same host."""
    new = urljoin(url, answer.headers.get("location", ""))
    old = urlsplit(url)
    try:
        parts = urlsplit(new)
        same = (parts.scheme, parts.hostname, parts.port) == (
            old.scheme,
            old.hostname,
            old.port,
        )
    except ValueError:
        same = False
    if not same or method != "GET":
        raise Problem("redirect", host=answer.host)
    return new


def _kind_of(error):
    """Return the kind of a problem: an answer that is read may time out, too."""
    if isinstance(error, requests.exceptions.SSLError):
        return "tls"
    if isinstance(error, requests.exceptions.Timeout):
        return "timeout"
    if isinstance(error, (requests.exceptions.InvalidURL, UnicodeError)):
        return "address"
    return "timeout" if "timed out" in str(error).lower() else "connection"
