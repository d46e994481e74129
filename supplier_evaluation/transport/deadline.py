"""Ends an answer that takes too long: time-outs of sockets are of each read.

Who sends a letter now and then never meets one, neither in the head of an answer nor
within a piece of its body.
"""

import socket
from contextlib import contextmanager, suppress
from threading import Timer


class Deadline:
    """Watches one connection at a time, for one thread."""

    def __init__(self):
        self.is_over, self._socket = False, None

    @contextmanager
    def within(self, seconds):
        """Let a block have so much time; what is read after it meets the end."""
        self.is_over, self._socket = False, None
        timer = Timer(seconds, self._end)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            self._socket = None

    def watch(self, connected):
        """Be told of the socket from which is read."""
        self._socket = connected
        if self.is_over:
            self._end()

    def _end(self):
        self.is_over, connected = True, self._socket
        if connected:
            with suppress(OSError):
                # Not that of TLS, which would ask the other side first.
                socket.socket.shutdown(connected, socket.SHUT_RDWR)
