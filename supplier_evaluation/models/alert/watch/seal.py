from odoo import models

from ...scorecard.seal import verify_seals
from ..seen import Seen


class SupplierAlertRule(models.Model):
    """A broken seal: what was published is not what stands there now."""

    _inherit = "supplier.alert.rule"

    def _problem_seal(self):
        return False

    def _sentence_seal(self):
        return self.env._(
            "Opens an alert when published scorecards were changed after publishing."
        )

    def _see_seal(self, companies, _now, _since):
        found = []
        for company in companies:
            if broken := verify_seals(company):
                found.append(Seen(company.id, 0, text=broken))
        return found
