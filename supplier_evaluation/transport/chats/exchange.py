"""A system that takes messages of the exchange contract, signed as by a webhook.

What it is sent is the ``data`` of a note: ``source`` and ``records``. The words of the
note are for our own lists.
"""

from .note import Rate, json_post
from .webhook import check, signed

RATE = Rate(per_minute=120, pause=0.1)
NEEDS_SECRET = True
CONTRACT = "supplier_evaluation.exchange/1"

__all__ = ["NEEDS_SECRET", "RATE", "check", "post"]


def post(note, url, secret, key, now):
    """Return the request that sends the records of a note.

    :param str key: identifier of the message, and key by which it is taken once
    """
    content = {
        "contract": CONTRACT,
        "id": key,
        "source": note.data.get("source", ""),
        "records": note.data.get("records", []),
    }
    sent = json_post(url, content, {"Idempotency-Key": key})
    return signed(sent, secret, now)
