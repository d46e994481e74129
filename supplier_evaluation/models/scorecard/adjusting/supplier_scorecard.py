from odoo import fields, models
from odoo.exceptions import UserError

from ....tools.actions import open_dialog
from .supplier_adjustment import HELD_BACK, RELEASED


class SupplierScorecard(models.Model):
    """A scorecard that is not published with the others until it was looked at."""

    _inherit = "supplier.scorecard"

    is_held_back = fields.Boolean(
        string="Held Back",
        readonly=True,
        help="It is not published with the others: a revision of the evaluation is "
        "opened for it.",
    )

    def action_hold_back(self):
        """Ask why these scorecards shall not be published with the others."""
        return open_dialog(
            "supplier.hold.back.wizard",
            self.env._("Hold Back"),
            {"scorecard_ids": self.ids},
        )

    def action_release(self):
        """Let the scorecards be published with the others after all.

        :raises UserError: one of them is not computed and waiting
        :raises AccessError: the user is no manager
        """
        self._set_held_back(False, self.env._("Published with the others after all"))

    def _set_held_back(self, held_back, reason, evidence=None):
        """Hold scorecards back from a publication, or release them.

        :param bool held_back: which of the two
        :param str reason: for whoever asks later
        :param evidence: attachments that show it
        :raises UserError: one of them is not computed and waiting
        :raises AccessError: the user is no manager
        """
        self.evaluation_id.check_access("write")
        self._check_waiting()
        if held_back:
            self._check_nothing_withdrawn()
        cards = self.filtered(lambda card: card.is_held_back != held_back)
        cards.sudo().write({"is_held_back": held_back})
        self.env["supplier.adjustment"]._append_with_evidence(
            [card.sudo()._held_back_vals(held_back, reason) for card in cards],
            evidence or self.env["ir.attachment"],
        )

    def _check_waiting(self):
        for card in self:
            if card.state != "computed":
                raise UserError(
                    self.env._(
                        "%s does not wait to be published: only what does is held "
                        "back.",
                        card.display_name,
                    )
                )

    def _check_nothing_withdrawn(self):
        """A revision takes the place of what is published, for every supplier in it."""
        for evaluation, cards in self.sudo().grouped("evaluation_id").items():
            published = evaluation._same_period().filtered(
                lambda run: run.state == "published"
            )
            for card in cards:
                if card.partner_id in published.scorecard_ids.partner_id:
                    raise UserError(
                        self.env._(
                            "%s is published in this period already: held back from a "
                            "revision, it would be withdrawn.",
                            card.partner_name,
                        )
                    )

    def _held_back_vals(self, held_back, reason):
        self.ensure_one()
        return {
            "partner_id": self.partner_id.id,
            "company_id": self.company_id.id,
            "kind": HELD_BACK if held_back else RELEASED,
            "evaluation_id": self.evaluation_id.id,
            "res_model": self._name,
            "res_id": self.id,
            "record_name": self.evaluation_id.name,
            "reason": reason,
        }
