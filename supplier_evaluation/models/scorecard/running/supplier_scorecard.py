from odoo import api, fields, models

from ....tools.numbers import number


class SupplierScorecard(models.Model):
    """What became of the supplier since: its running period, beside the last one."""

    _inherit = "supplier.scorecard"

    so_far_id = fields.Many2one(
        "supplier.scorecard",
        string="Scorecard So Far",
        compute="_compute_so_far",
        help="The preview of the running period, of the same template.",
    )
    so_far_text = fields.Char(string="So Far", compute="_compute_so_far")

    @api.depends("state", "partner_id", "template_id", "company_id")
    @api.depends_context("lang")
    def _compute_so_far(self):
        runs = self.env["supplier.evaluation"]._running(self.company_id)
        runs = runs.filtered(lambda run: run.template_id in self.template_id)
        found = self.search(
            [
                ("evaluation_id", "in", runs.ids),
                ("partner_id", "in", self.partner_id.ids),
            ]
        ).grouped(lambda card: (card.partner_id, card.template_id, card.company_id))
        for card in self:
            own = (card.partner_id, card.template_id, card.company_id)
            # A preview says itself how far it is, and what is replaced is of the past.
            so_far = card.state == "published" and found.get(own)
            card.so_far_id = so_far
            card.so_far_text = so_far and so_far._so_far_in_words()

    def _so_far_in_words(self):
        """Return how the supplier is in the running period, in a sentence."""
        self.ensure_one()
        if not self.has_score:
            return self.env._("So far in %s: no data yet", self.period_label)
        words = {"period": self.period_label, "score": number(self.env, self.score)}
        if self.provisional:
            return self.env._(
                "So far in %(period)s: %(score)s (provisional: too little evidence "
                "yet)",
                **words,
            )
        return self.env._("So far in %(period)s: %(score)s", **words)

    def action_open_so_far(self):
        """Open the scorecard of the running period."""
        self.ensure_one()
        return self.so_far_id.get_formview_action()
