"""Slack: incoming webhook. One message a second, 3,000 characters a block."""

from .note import Rate, Refused, fitting, json_post

RATE = Rate(per_minute=60, pause=1)
TITLE, BLOCK = 150, 3000
NEEDS_SECRET = False


def post(note, url, secret, key, now):
    """Return the request that says a note."""

    def render(title, lines, more):
        rows = [f"• {_escape(line)}" for line in (*lines, more) if line]
        if note.url:
            rows.append(f"<{note.url}|{_escape(note.link)}>")
        return "\n".join(rows) or " "

    text = fitting(note, render, BLOCK, len)
    title = " ".join(note.title.split())
    header = {"type": "plain_text", "text": _short(title, TITLE)}
    section = {"type": "mrkdwn", "text": text}
    return json_post(
        url,
        {
            "text": _escape(_short(title, TITLE)),
            "blocks": [
                {"type": "header", "text": header},
                {"type": "section", "text": section},
            ],
        },
    )


def check(answer):
    """Raise Refused unless the answer is the word that Slack says."""
    if answer.text.strip() != "ok":
        raise Refused(answer.status, answer.text)


def _short(text, limit):
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def _escape(text):
    # A zero-width space keeps words between stars and underscores as they are.
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for sign in "*_~`":
        text = text.replace(sign, f"{sign}\u200b")
    return text
