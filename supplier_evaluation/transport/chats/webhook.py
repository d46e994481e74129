"""Any system that takes JSON with a signature, and a message of one key once.

``X-Supplier-Signature`` is ``sha256=`` and the hexadecimal HMAC-SHA256 of the moment
in ``X-Supplier-Timestamp``, a dot and the body, by the secret.
"""

import hashlib
import hmac

from .note import Rate, json_post

RATE = Rate(per_minute=300, pause=0.1)
NEEDS_SECRET = True


def post(note, url, secret, key, now):
    """Return the request that says a note."""
    content = {
        "id": key,
        "title": note.title,
        "lines": list(note.lines),
        "url": note.url,
        "data": note.data,
    }
    sent = json_post(url, content, {"Idempotency-Key": key})
    return signed(sent, secret, now)


def signed(sent, secret, now):
    """Return a request with the signature of its body, if there is a secret."""
    if secret:
        stamp = str(int(now))
        sent.headers["X-Supplier-Timestamp"] = stamp
        sent.headers["X-Supplier-Signature"] = sign(secret, stamp, sent.body)
    return sent


def sign(secret, stamp, body):
    """Return the signature of a body that is sent at a moment."""
    text = stamp.encode() + b"." + body
    return f"sha256={hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()}"


def check(answer):
    """Any answer below 400 is one that took it."""
