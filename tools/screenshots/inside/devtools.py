"""A tab of a browser, driven by the DevTools protocol over a web socket."""

from __future__ import annotations

import base64
import json
import time
from itertools import count

# A page is quiet when it has asked for nothing for so many seconds, and is given up
# after as many.
QUIET = 0.8
PATIENCE = 90
# How long an answer of the browser may take at most.
TIMEOUT = 60

# What a worker beside the page asks for is not told to be over.
BESIDE = "/bus/"


class Unanswered(Exception):
    """The page did not become what was waited for."""


class Tab:
    """One tab.

    :param socket: has ``send(text)``, ``recv()`` and ``settimeout(seconds)``
    :param silence: the exception of a `recv` that takes longer than the timeout
    """

    def __init__(self, socket, silence: type[Exception]):
        self._socket = socket
        self._silence = silence
        self._number = count(1)
        # What the page has asked for and not got yet: addresses by number.
        self._open: dict[str, str] = {}
        self._last = time.monotonic()
        self.errors: list[str] = []
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **params) -> dict:
        """Let the browser do something, and return what it answers."""
        number = next(self._number)
        message = {"id": number, "method": method, "params": params}
        self._socket.send(json.dumps(message))
        self._socket.settimeout(TIMEOUT)
        while True:
            told = json.loads(self._socket.recv())
            if told.get("id") != number:
                self._note(told)
            elif "error" in told:
                raise Unanswered(f"{method}: {told['error']['message']}")
            else:
                return told["result"]

    def evaluate(self, expression: str):
        """Return the value of an expression of JavaScript in the page."""
        told = self.call(
            "Runtime.evaluate",
            expression=expression,
            returnByValue=True,
            awaitPromise=True,
        )
        if "exceptionDetails" in told:
            raise Unanswered(_text_of(told["exceptionDetails"]))
        return told["result"].get("value")

    def resize(self, width: int, height: int) -> None:
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )

    def go(self, address: str) -> None:
        self._open.clear()
        self.call("Page.navigate", url=address)

    def wait_for(self, condition: str) -> None:
        """Wait until an expression is true and the page asks for nothing more.

        :raises Unanswered: it does not come to that
        """
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            self._listen()
            is_quiet = not self._open and time.monotonic() - self._last > QUIET
            if is_quiet and self.evaluate(f"Boolean({condition})"):
                return
        waits = ", ".join(self._open.values()) or condition
        raise Unanswered(f"the page was not ready, and waits for {waits}")

    def picture(self) -> bytes:
        told = self.call("Page.captureScreenshot", format="webp", quality=80)
        return base64.b64decode(told["data"])

    def _listen(self) -> None:
        """Take notice of what happens in a moment."""
        self._socket.settimeout(QUIET / 4)
        try:
            self._note(json.loads(self._socket.recv()))
        except self._silence:
            return

    def _note(self, told: dict) -> None:
        method, params = told.get("method"), told.get("params", {})
        if method == "Network.requestWillBeSent":
            address = params["request"]["url"]
            if BESIDE not in address:
                self._open[params["requestId"]] = address
        elif method in ("Network.loadingFinished", "Network.loadingFailed"):
            self._open.pop(params["requestId"], None)
        elif method == "Runtime.exceptionThrown":
            self.errors.append(_text_of(params["exceptionDetails"]))
        elif method == "Runtime.consoleAPICalled" and params["type"] == "error":
            self.errors.append(" ".join(_value_of(each) for each in params["args"]))
        elif method == "Log.entryAdded" and params["entry"]["level"] == "error":
            entry = params["entry"]
            self.errors.append(f"{entry['text']} {entry.get('url', '')}".strip())
        if (method or "").startswith("Network."):
            self._last = time.monotonic()


def _text_of(details: dict) -> str:
    return details.get("exception", {}).get("description") or details["text"]


def _value_of(argument: dict) -> str:
    return str(argument.get("value", argument.get("description", "")))
