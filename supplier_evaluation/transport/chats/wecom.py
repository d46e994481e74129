"""WeCom (企业微信): robot of a group. 20 messages a minute, Markdown of 4,096 bytes."""

from .note import Rate, check_code, fitting, json_post, plain_markdown

RATE = Rate(per_minute=20)
LIMIT = 4096
NEEDS_SECRET = False
# The system is busy; too many calls.
PASSING = {-1, 45009, 45033}


def post(note, url, secret, key, now):
    """Return the request that says a note."""

    def render(title, lines, more):
        rows = [f"**{plain_markdown(title)}**"]
        rows += [f"> {plain_markdown(line)}" for line in (*lines, more) if line]
        if note.url:
            rows.append(f"[{plain_markdown(note.link)}]({note.url})")
        return "\n".join(rows)

    content = fitting(note, render, LIMIT)
    return json_post(url, {"msgtype": "markdown", "markdown": {"content": content}})


def check(answer):
    """Raise Refused unless the answer says that the message was taken."""
    check_code(answer, ("errcode",), ("errmsg",), PASSING)
