"""A chat that is off, and a message that it once refused. Nothing leaves the demo."""

from __future__ import annotations

# What WeCom says of an address that it does not know.
REFUSED = {"code": "93000", "text": "invalid webhook url"}


class Telling:
    """How a company's people would hear of things in their chat.

    :param following: who acts in the company
    """

    def __init__(self, following):
        self.env = following.env
        self.company = following.company
        self.words = following.words

    def tell(self) -> None:
        """One message was refused while the chat was tried; then it was turned off."""
        channel = self.env["supplier.outbox.channel"].create(
            {
                "name": self.words("Purchasing chat"),
                "kind": "wecom",
                "company_id": self.company.id,
            }
        )
        message = (
            self.env["supplier.outbox"]
            .sudo()
            .enqueue(
                channel,
                "demo",
                {
                    "title": self.words("Late deliveries of the week"),
                    "lines": [self.words("Two suppliers promised a new day.")],
                },
            )
        )
        message._write_guarded(
            {
                "state": "dead",
                "tries": 1,
                "problem": "refused",
                "problem_values": REFUSED,
            }
        )
        channel.active = False
