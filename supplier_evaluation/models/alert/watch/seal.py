from odoo import models

from ...chain.check import verify_chain
from ...scorecard.seal import verify_seals
from ..seen import Seen


class SupplierAlertRule(models.Model):
    """A broken seal: what was published or decided is not what stands there now."""

    _inherit = "supplier.alert.rule"

    def _problem_seal(self):
        return False

    def _sentence_seal(self):
        return self.env._(
            "Opens an alert when published scorecards, or decisions that are sealed, "
            "were changed afterwards."
        )

    def _see_seal(self, companies, _now, _since):
        found = []
        for company in companies:
            if broken := _broken(company):
                found.append(Seen(company.id, 0, text=broken))
        return found


def _broken(company):
    """Return what is not as it was sealed in a company, in words, or None."""
    broken = verify_seals(company)
    if not broken and (first := verify_chain(company)):
        broken = first.text
    return broken or None
