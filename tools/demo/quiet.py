"""Keeps Odoo from writing what nobody reads in the demo."""

from __future__ import annotations

from contextlib import contextmanager
from unittest.mock import patch

from odoo.addons.analytic.models.analytic_distribution_model import (
    AccountAnalyticDistributionModel,
)
from odoo.addons.mail.models.mail_thread import MailThread
from odoo.addons.stock.models.stock_move import StockMove

# On these documents nobody writes anything but Odoo itself: where they come from.
DOCUMENTS = ("account.move", "stock.picking")
# On orders people write, too; what Odoo renders there is that goods have come.
RENDERED = (*DOCUMENTS, "purchase.order")
# The inboxes of people who never log in are filled by answers to these.
ANSWERED = ("purchase.order", "supplier.incident")
SCHEDULER = "stock.no_auto_scheduler"


@contextmanager
def unread():
    """Leave out Odoo's notes on orders, receipts and bills, and notifications.

    Whatever people write and answer, and what the add-on notes, is still written.
    """
    with (
        _nothing("message_post", DOCUMENTS, lambda self: self.env["mail.message"]),
        _nothing(
            "message_post_with_source", RENDERED, lambda self: self.env["mail.message"]
        ),
        _nothing("_notify_thread", ANSWERED, lambda _self: []),
    ):
        yield


def _nothing(name, models, returned):
    """Replace a method of threads on records of these `models`."""
    original = getattr(MailThread, name)

    def method(self, *args, **kwargs):
        if self._name in models:
            return returned(self)
        return original(self, *args, **kwargs)

    return patch.object(MailThread, name, method)


@contextmanager
def nothing_reordered(env):
    """Let no move of goods look for reordering rules: there are none."""
    parameters = env["ir.config_parameter"]
    parameters.set_param(SCHEDULER, "True")
    with patch.object(StockMove, "_update_orderpoints", lambda _self: None):
        yield
    parameters.set_param(SCHEDULER, False)


def nothing_distributed():
    """Let no line look for a distribution over analytic accounts: there are none."""
    return patch.object(
        AccountAnalyticDistributionModel, "_get_distribution", lambda *_args: {}
    )
