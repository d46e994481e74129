"""Teams: webhook of a workflow, which shows an adaptive card. Four a second, 28 KB."""

from .note import Rate, escape_markdown, fitting, json_post

RATE = Rate(per_minute=240, pause=0.25)
LIMIT = 28_000
NEEDS_SECRET = False
SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
CARD = "application/vnd.microsoft.card.adaptive"


def post(note, url, secret, key, now):
    """Return the request that says a note."""

    def render(title, lines, more):
        shown = [_text(title, weight="Bolder", size="Medium")]
        shown += [_text(line) for line in (*lines, more) if line]
        card = {
            "$schema": SCHEMA,
            "type": "AdaptiveCard",
            "version": "1.4",
            "body": shown,
        }
        if note.url:
            link = {"type": "Action.OpenUrl", "title": note.link, "url": note.url}
            card["actions"] = [link]
        attached = {"contentType": CARD, "contentUrl": None, "content": card}
        return {"type": "message", "attachments": [attached]}

    content = fitting(note, render, LIMIT, lambda found: len(json_post("", found).body))
    return json_post(url, content)


def check(answer):
    """Any answer below 400 is one that took it: a workflow says 202 and no word."""


def _text(text, **options):
    return {"type": "TextBlock", "text": escape_markdown(text), "wrap": True, **options}
