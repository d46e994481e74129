"""What is said in a chat, before it has the markup of one."""

import json
import re
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Note:
    """Something to be said, as plain text.

    :param lines: one sentence each; of a long note the last ones are left out
    :param url: where to read more; may be empty
    :param link: the words of it
    :param more: takes the place of what is left out; ``%s`` is its number
    :param data: for other systems: what the lines say, as JSON has it
    """

    title: str
    lines: tuple = ()
    url: str = ""
    link: str = ""
    more: str = "… %s"
    data: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Post:
    """A request to a robot."""

    url: str
    body: bytes
    headers: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Rate:
    """As many messages a robot takes."""

    per_minute: int
    pause: float = 0


class Refused(Exception):
    """The robot refused a message, in an answer of 200 for instance.

    :param code: its own code
    :param str text: its own words
    :param bool passes: whether it may take it later
    """

    def __init__(self, code, text="", passes=False):
        super().__init__(code, text)
        self.code, self.text, self.passes = str(code), str(text)[:300], passes


def json_post(url, content, headers=None):
    """Return a request that sends JSON; characters are themselves, as limits count."""
    body = json.dumps(content, ensure_ascii=False).encode()
    return Post(url, body, {"Content-Type": "application/json", **(headers or {})})


def check_code(answer, names, texts, passing):
    """Raise Refused unless an answer says 0.

    :param names: where its code may be; the first that is there counts
    :param texts: where its words may be
    :param passing: codes of what may be taken later
    """
    said = answer.json()
    said = said if isinstance(said, dict) else {}
    code = next((said[name] for name in names if name in said), None)
    if type(code) is int and code == 0:
        return
    text = next((said[name] for name in texts if said.get(name)), "")
    raise Refused(code, text, type(code) is int and code in passing)


def fitting(note, render, limit, measure=lambda text: len(text.encode())):
    """Return a rendering that is short enough, with as many lines as fit.

    :param render: takes the title, the lines and a text for what is left out
    :param int limit: of what ``measure`` returns of the rendering
    """
    lines = [_one_line(line) for line in note.lines]
    title = _one_line(note.title)
    for count in range(len(lines), -1, -1):
        left = len(lines) - count
        found = render(title, lines[:count], note.more % left if left else "")
        if measure(found) <= limit:
            return found
    while measure(found) > limit and title:
        title = title[: len(title) * 3 // 4]
        found = render(f"{title}…", [], note.more % len(lines) if lines else "")
    return found


def escape_markdown(text):
    """Return text that Markdown shows as it is.

    >>> escape_markdown("[a](b) *c*")
    '\\\\[a\\\\](b) \\\\*c\\\\*'
    """
    return re.sub(r"([\\`*_\[\]<>#|~])", r"\\\1", text)


def plain_markdown(text):
    """Return text without what a Markdown that knows no escapes would take for its.

    The signs become their full-width sisters, which read the same.
    """
    return text.translate(_WIDE)


def _one_line(text):
    return " ".join(str(text).split())


_WIDE = str.maketrans("`*_[]<>#|~\\", "｀＊＿［］＜＞＃｜～＼")
