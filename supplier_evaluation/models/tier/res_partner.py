from odoo import models

from ...tools.actions import open_dialog

_REASON = "supplier_tier_reason"


class _Reason(str):
    """Why a tier changes. A client cannot send one: it sends plain text."""


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _set_supplier_tier(self, tier, reason):
        """Move vendors into a tier, and keep why; in the company of the environment.

        :param tier: may be empty
        :param str reason: in words
        """
        self.with_context(**{_REASON: _Reason(reason)}).supplier_tier_id = tier

    def _supplier_tier_reason(self):
        reason = self.env.context.get(_REASON)
        if isinstance(reason, _Reason):
            return str(reason)
        return super()._supplier_tier_reason()

    def action_propose_supplier_tier(self):
        """Ask for another tier, and why."""
        self.ensure_one()
        vendor = self.commercial_partner_id
        return open_dialog(
            "supplier.tier.wizard",
            self.env._("Propose a Tier"),
            {"partner_id": vendor.id, "deed": "propose"},
        )
