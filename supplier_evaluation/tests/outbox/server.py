"""A server of the tests: it answers as it was told, and remembers what it was asked."""

import contextlib
import json
import threading
import time
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit


class Asked:
    """A request that came."""

    def __init__(self, handler):
        parts = urlsplit(handler.path)
        self.method = handler.command
        self.path = parts.path
        self.query = dict(parse_qsl(parts.query))
        self.headers = {name.lower(): value for name, value in handler.headers.items()}
        self.body = handler.rfile.read(int(self.headers.get("content-length", 0)))

    def json(self):
        return json.loads(self.body)


class Reply:
    """An answer to be given.

    :param body: bytes, text, or anything else as JSON
    :param delay: seconds before it
    """

    def __init__(self, body=b"", status=200, delay=0, **headers):
        if not isinstance(body, (bytes, str)):
            body = json.dumps(body)
        self.body = body.encode() if isinstance(body, str) else body
        self.status, self.delay = status, delay
        self.headers = {name.replace("_", "-"): text for name, text in headers.items()}


class Server:
    """Runs in a thread for as long as a ``with`` block, or until it is closed.

    :param answer: takes an ``Asked`` and returns a ``Reply``
    """

    def __init__(self, answer):
        self.answer, self.asked = answer, []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                asked = Asked(self)
                outer.asked.append(asked)
                reply = outer.answer(asked)
                time.sleep(reply.delay)
                # The client may have gone, as it should.
                with contextlib.suppress(OSError):
                    self.send_response(reply.status)
                    for name, text in reply.headers.items():
                        self.send_header(name, text)
                    if "Content-Length" not in reply.headers:
                        self.send_header("Content-Length", str(len(reply.body)))
                    self.end_headers()
                    self.wfile.write(reply.body)

            do_POST = do_GET  # noqa: N815 (as the library calls it)

            def log_message(self, *args):
                """Say nothing."""

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}"
        # It looks so often whether it is closed.
        serve = partial(self.http.serve_forever, poll_interval=0.005)
        threading.Thread(target=serve, daemon=True).start()

    def close(self):
        self.http.shutdown()
        self.http.server_close()

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()
