from odoo import models
from odoo.exceptions import UserError

from ....tools.wording import listed
from ..supplier_evaluation import ASK_REVISION
from .supplier_adjustment import HELD_BACK, RELEASED


class SupplierEvaluation(models.Model):
    """Publishes all, or all but some, which a revision is opened for."""

    _inherit = "supplier.evaluation"

    def action_compute(self):
        """Compute; what was held back is as computed, and no longer so."""
        result = super().action_compute()
        self.sudo()._held_back().write({"is_held_back": False})
        return result

    def action_publish(self):
        """Publish, and open a revision for what was held back.

        :raises UserError: everything was held back
        """
        holding = self.sudo().filtered(lambda run: run._held_back())
        result = super().action_publish()
        for evaluation in holding.with_context(**{ASK_REVISION: False}):
            evaluation.action_revise()
        return result

    def action_compare(self):
        """Open what is computed beside what is published, the largest change first."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "supplier_evaluation.supplier_scorecard_comparison_action"
        )
        return {
            **action,
            "name": self.env._("Old Against New: %s", self.name),
            "domain": [("evaluation_id", "=", self.id)],
        }

    def _held_back(self):
        return self.env["supplier.scorecard"].search(
            [("evaluation_id", "in", self.ids), ("is_held_back", "=", True)]
        )

    def _keep_changed_by_hand(self):
        result = super()._keep_changed_by_hand()
        held_back = self._held_back()
        if held_back:
            self._take_out(held_back)
        return result

    def _take_out(self, cards):
        """Publish without some scorecards: the others are ranked among themselves."""
        if cards == self.scorecard_ids:
            raise UserError(
                self.env._(
                    "Every scorecard of %s is held back: there is nothing to publish.",
                    self.name,
                )
            )
        names = listed(self.env, cards.mapped("partner_name"))
        unscored = {*(self.unscored_partner_ids or ()), *cards.partner_id.ids}
        self._delete_scorecards(cards.ids)
        self._rank_again()
        self._compare_again()
        self._write_guarded(
            {
                "unscored_partner_ids": sorted(unscored),
                "scorecard_count": len(self.scorecard_ids),
                "provisional_count": len(self.scorecard_ids.filtered("provisional")),
            }
        )
        self._message_log(body=self.env._("Published without: %s", names))

    def _adjustments(self):
        rows = super()._adjustments()
        if self.state != "computed":
            return rows
        return (rows | self._held_back_rows()).sorted("id")

    def _held_back_rows(self):
        register = self.env["supplier.adjustment"].sudo()
        cards = self._origin.sudo()._held_back()
        if not cards:
            return register
        rows = register.search(
            [
                ("evaluation_id", "=", self._origin.id),
                ("kind", "in", (HELD_BACK, RELEASED)),
                ("partner_id", "in", cards.partner_id.ids),
                ("date", ">=", self.date_computed),
            ],
            order="id desc",
        )
        kept, released = register.browse(), set()
        for row in rows:
            if row.kind == RELEASED:
                released.add(row.partner_id)
            elif row.partner_id not in released:
                kept += row
        return kept
