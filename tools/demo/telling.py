"""A chat and a system that are told things. Both are off: nothing leaves the demo."""

from __future__ import annotations

from odoo import Command

# What WeCom says of an address that it does not know.
REFUSED = {"code": "93000", "text": "invalid webhook url"}


# What a system gets.
SENT = ("evaluation", "scorecard", "alert", "certification_change")


class Telling:
    """How a company's people, and its systems, would hear of things.

    :param following: who acts in the company
    """

    def __init__(self, following):
        self.following = following
        self.env = following.env
        self.company = following.company
        self.words = following.words

    def tell(self) -> None:
        self._chat()
        self._system()

    def _chat(self):
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

    def _system(self):
        """A warehouse of data would get the records, if its address was there."""
        source = self.env["supplier.exchange.source"].create(
            {
                "name": self.words("Data warehouse"),
                "code": "warehouse",
                "company_id": self.company.id,
                "user_id": self.following.people["manager"].id,
            }
        )
        self.env["supplier.outbox.channel"].create(
            {
                "name": self.words("Data warehouse"),
                "kind": "exchange",
                "source_id": source.id,
                "company_id": self.company.id,
                "url": "https://warehouse.example/supplier-evaluation",
                "secret": "no secret, this is a demo",
                "feed_ids": [Command.create({"kind": kind}) for kind in SENT],
                "active": False,
            }
        )
