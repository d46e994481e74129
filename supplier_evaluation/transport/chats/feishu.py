"""Feishu (飞书): own robot with a signature. 100 messages a minute, 5 a second.

A request has 20 KB at most, by the stricter of the limits that are written.
"""

import base64
import hashlib
import hmac

from .note import Rate, check_code, fitting, json_post

RATE = Rate(per_minute=100, pause=0.2)
LIMIT = 20_000
NEEDS_SECRET = True
# Too many calls; the system is busy.
PASSING = {9499, 11232, 1061045}


def post(note, url, secret, key, now):
    """Return the request that says a note: a post, whose texts need no escape.

    :param float now: seconds since 1970; the signature holds for an hour
    """
    stamp = str(int(now))
    head = {"timestamp": stamp, "sign": sign(secret, stamp)} if secret else {}

    def render(title, lines, more):
        rows = [[{"tag": "text", "text": line}] for line in (*lines, more) if line]
        if note.url:
            rows.append([{"tag": "a", "text": note.link, "href": note.url}])
        said = {"zh_cn": {"title": title, "content": rows}}
        return {**head, "msg_type": "post", "content": {"post": said}}

    content = fitting(note, render, LIMIT, lambda found: len(json_post("", found).body))
    return json_post(url, content)


def sign(secret, stamp):
    """Return the signature of a moment in seconds: the key is what is signed."""
    digest = hmac.new(f"{stamp}\n{secret}".encode(), b"", hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def check(answer):
    """Raise Refused unless the answer says that the message was taken."""
    # Older answers have other names for it.
    check_code(answer, ("code", "StatusCode"), ("msg", "StatusMessage"), PASSING)
