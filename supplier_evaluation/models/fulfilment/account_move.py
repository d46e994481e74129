from odoo import fields, models

from ...tools.actions import open_records
from ...tools.counts import count_by
from ...tools.groups import USER_GROUP


class AccountMove(models.Model):
    """A credit note leads back to the penalties that it was made of."""

    _inherit = "account.move"

    supplier_penalty_count = fields.Integer(
        string="Penalties",
        compute="_compute_supplier_penalty_count",
        groups=USER_GROUP,
    )

    def _compute_supplier_penalty_count(self):
        counts = count_by(
            self.env["supplier.contract.penalty"].sudo(),
            "credit_note_id",
            self._origin.filtered(lambda move: move.move_type == "in_refund"),
        )
        for move in self:
            move.supplier_penalty_count = counts.get(move._origin, 0)

    def action_open_supplier_penalties(self):
        """Open the penalties of which the credit notes were made."""
        penalties = self.env["supplier.contract.penalty"].sudo()
        found = penalties.search([("credit_note_id", "in", self.ids)])
        return open_records(
            self.env,
            "supplier_evaluation.supplier_contract_penalty_action",
            [("id", "in", found.ids)],
        )
