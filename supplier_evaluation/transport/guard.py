"""Which addresses may be reached: the one that was checked is the one connected to.

A name is resolved once, for the connection itself. Were it resolved for the check and
again for the connection, the second answer could be another one.
"""

import ipaddress
import socket

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from .problem import Problem

# Where an IPv4 address is hidden in one of IPv6.
NAT64 = ipaddress.ip_network("64:ff9b::/96")
# Nobody is there from outside, though not all of them are said to be private: old
# forms of IPv4 addresses, translators of one's own network, and what is reserved.
INSIDE = tuple(
    ipaddress.ip_network(name)
    for name in (
        "::/96",
        "::ffff:0:0:0/96",
        "64:ff9b:1::/48",
        "3fff::/20",
        "5f00::/16",
        "fec0::/10",
    )
)


def is_public(address):
    """Whether an address is one of the open Internet.

    >>> is_public("8.8.8.8"), is_public("127.0.0.1"), is_public("::ffff:10.0.0.1")
    (True, False, False)
    """
    found = ipaddress.ip_address(address.partition("%")[0])
    if found.version == 6:
        inner = found.ipv4_mapped or found.sixtofour
        if found in NAT64:
            inner = ipaddress.ip_address(int(found) & 0xFFFFFFFF)
        if inner:
            return is_public(str(inner))
        if any(found in network for network in INSIDE):
            return False
    return found.is_global and not found.is_multicast


class Guard:
    """Resolves names, and refuses what is inside.

    :param bool allow_private: whether addresses inside may be reached
    :param resolve: as ``socket.getaddrinfo``
    """

    def __init__(self, allow_private=False, resolve=socket.getaddrinfo):
        self.allow_private = allow_private
        self.resolve = resolve

    def addresses(self, host, port):
        """Return the addresses of a host, each of which may be reached.

        :raises Problem: ``unknown_host``, ``connection`` where the name server is away,
            or ``private`` where one of the addresses is inside
        """
        name = host.strip("[]").rstrip(".")
        try:
            rows = self.resolve(name, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            is_away = getattr(error, "errno", None) == socket.EAI_AGAIN
            kind = "connection" if is_away else "unknown_host"
            raise Problem(kind, host=name) from error
        found = list(dict.fromkeys(row[4][0] for row in rows))
        if not self.allow_private and not all(map(is_public, found)):
            raise Problem("private", host=name)
        return found


class _Pinned:
    """Connects to an address that the guard gave; the name stays for TLS."""

    guard = deadline = None

    def getresponse(self, *args, **options):
        self.deadline.watch(self.sock)
        return super().getresponse(*args, **options)

    def _new_conn(self):
        name, problem = self._dns_host, None
        try:
            for address in self.guard.addresses(name, self.port):
                self._dns_host = address
                try:
                    return super()._new_conn()
                except (NewConnectionError, ConnectTimeoutError) as error:
                    problem = error
        finally:
            self._dns_host = name
        raise problem


class TimedAdapter(HTTPAdapter):
    """Sends no request without an end.

    :param times: seconds to connect, and to wait for the next bytes
    """

    def __init__(self, times):
        self._times = times
        super().__init__()

    def send(self, request, **options):
        return super().send(request, **{**options, "timeout": self._times})


class PinnedAdapter(TimedAdapter):
    """Sends requests through connections that ask a guard, and have a deadline."""

    def __init__(self, times, guard, deadline):
        own = {"guard": guard, "deadline": deadline}
        http = type("PinnedHTTP", (_Pinned, HTTPConnection), own)
        https = type("PinnedHTTPS", (_Pinned, HTTPSConnection), own)
        self._pools = {
            "http": type("HTTPPool", (HTTPConnectionPool,), {"ConnectionCls": http}),
            "https": type(
                "HTTPSPool", (HTTPSConnectionPool,), {"ConnectionCls": https}
            ),
        }
        super().__init__(times)

    def init_poolmanager(self, *args, **kwargs):
        made = super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self._pools
        return made
