"""Keeps Odoo from writing what nobody reads in the demo."""

from __future__ import annotations

from contextlib import contextmanager
from unittest.mock import patch

from odoo.addons.mail.models.mail_thread import MailThread

# On these documents nobody writes anything but Odoo itself: where they come from.
DOCUMENTS = ("account.move", "stock.picking")
# On orders people write, too; what Odoo renders there is that goods have come.
RENDERED = (*DOCUMENTS, "purchase.order")


@contextmanager
def unread():
    """Leave out Odoo's notes on orders, receipts and bills: a sixth of the time.

    Whatever people write and answer, and what the add-on notes, is still written.
    """
    with (
        patch.object(MailThread, "message_post", _unless(DOCUMENTS, "message_post")),
        patch.object(
            MailThread,
            "message_post_with_source",
            _unless(RENDERED, "message_post_with_source"),
        ),
    ):
        yield


def _unless(models, name):
    """The method of that name, which does nothing on records of these `models`."""
    original = getattr(MailThread, name)

    def method(self, *args, **kwargs):
        if self._name in models:
            return self.env["mail.message"]
        return original(self, *args, **kwargs)

    return method
