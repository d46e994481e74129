"""What other systems, and people, are told of a message."""

import json

from odoo import models

from ...exchange.contract import CONTRACT
from ...exchange.writing import form_suffix, given_back
from ...tools.actions import open_download, open_records
from .supplier_exchange_message import STATES


class SupplierExchangeMessage(models.Model):
    _inherit = "supplier.exchange.message"

    # ------------------------------------------------------------
    # Answering
    # ------------------------------------------------------------

    def _answer(self):
        """Return what became of the message, as another system reads it.

        :rtype: dict
        """
        self.ensure_one()
        results = self.result_ids.sorted("number")
        return {
            "contract": CONTRACT,
            "message": self.name,
            "state": self.state,
            "dry_run": self.dry_run,
            "counts": {
                state: self[f"{state}_count"]
                for state, _label in STATES
                if self[f"{state}_count"]
            },
            "results": [result._answer() for result in results],
        }

    def _given_back(self):
        """Return the refused records as a file of the form they came in, or None."""
        self.ensure_one()
        refused = self.result_ids.filtered(lambda one: one.state == "refused")
        if not refused:
            return None
        rows = [
            (one.number, json.loads(one.content or "{}"), one.reason, one.mend)
            for one in refused.sorted("number")
        ]
        return given_back(self.form, rows, self.header or ())

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_download_refused(self):
        """Give the refused records back as a file."""
        self.ensure_one()
        self.check_access("read")
        name = f"{self.filename or self.name}-refused{form_suffix(self.form)}"
        return open_download(self, "refused_file", name)

    def action_open_results(self):
        """Open what became of each record."""
        self.ensure_one()
        return open_records(
            self.env,
            "supplier_evaluation.supplier_exchange_result_action",
            [("message_id", "=", self.id)],
        )
