"""DingTalk (钉钉): own robot with a signature. 20 messages a minute, 20,000 bytes.

Whoever sends more is not heard for ten minutes.
"""

import base64
import hashlib
import hmac
from urllib.parse import urlencode

from .note import Rate, check_code, escape_markdown, fitting, json_post

RATE = Rate(per_minute=20)
LIMIT = 20_000
# Of the whole request, which has the title twice, and more around it.
ROOM = 1000
NEEDS_SECRET = True
# The system is busy; too many calls.
PASSING = {-1, 130101, 130103, 410100}


def post(note, url, secret, key, now):
    """Return the request that says a note.

    :param float now: seconds since 1970; the signature holds for an hour
    """

    def render(title, lines, more):
        rows = [f"#### {escape_markdown(title)}"]
        rows += [f"- {escape_markdown(line)}" for line in (*lines, more) if line]
        if note.url:
            rows.append(f"\n[{escape_markdown(note.link)}]({note.url})")
        return "\n".join(rows)

    def size(text):
        return len(json_post("", text).body)

    text = fitting(note, render, LIMIT - ROOM, size)
    title = " ".join(note.title.split())[:60]
    content = {"msgtype": "markdown", "markdown": {"title": title, "text": text}}
    if secret:
        stamp = str(round(now * 1000))
        query = urlencode({"timestamp": stamp, "sign": sign(secret, stamp)})
        url = f"{url}{'&' if '?' in url else '?'}{query}"
    return json_post(url, content)


def sign(secret, stamp):
    """Return the signature of a moment, in milliseconds."""
    text = f"{stamp}\n{secret}".encode()
    digest = hmac.new(secret.encode(), text, hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def check(answer):
    """Raise Refused unless the answer says that the message was taken."""
    check_code(answer, ("errcode",), ("errmsg",), PASSING)
