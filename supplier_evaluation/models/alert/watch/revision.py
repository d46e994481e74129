from odoo import models


class SupplierEvaluation(models.Model):
    """What was published of a period before it was revised."""

    _inherit = "supplier.evaluation"

    def _earlier_revisions(self):
        """Return ``{evaluation: those published before of its period}``, if there are.

        One question, and none where nothing was revised.
        """
        revised = self.filtered(lambda run: run.revision > 1)
        if not revised:
            return {}
        found = self.search(
            [
                ("state", "=", "superseded"),
                ("template_id", "in", revised.template_id.ids),
                ("company_id", "in", revised.company_id.ids),
                ("date_to", "in", revised.mapped("date_to")),
            ]
        ).grouped(lambda run: run._period_key())
        return {
            run: found[run._period_key()]
            for run in revised
            if run._period_key() in found
        }

    def _period_key(self):
        self.ensure_one()
        return self.template_id, self.company_id, self.date_from, self.date_to

    def _cards_before(self):
        """Return ``{(evaluation, supplier): ids}`` of earlier revisions."""
        cards = {}
        for run, before in self._earlier_revisions().items():
            for card in before.scorecard_ids:
                key = run.id, card.partner_id.id
                cards[key] = (*cards.get(key, ()), card.id)
        return cards
