from odoo import api, fields, models

from ....tools.groups import USER_GROUP
from ....tools.optional_numbers import OptionalFloat


class ResPartner(models.Model):
    """How a vendor is in the running period, beside what was published.

    Nothing of it is stored: it is no score of the vendor, and has no consequence.
    """

    _inherit = "res.partner"

    supplier_so_far_id = fields.Many2one(
        "supplier.scorecard",
        string="Scorecard So Far",
        compute="_compute_supplier_so_far",
        compute_sudo=True,
        groups=USER_GROUP,
    )
    supplier_score_so_far = OptionalFloat(
        string="Score So Far",
        compute="_compute_supplier_so_far",
        compute_sudo=True,
        digits=(16, 2),
        groups=USER_GROUP,
        help="In the period that is not over yet; it has no consequence.",
    )
    supplier_grade_so_far_id = fields.Many2one(
        "supplier.grade",
        string="Grade So Far",
        compute="_compute_supplier_so_far",
        compute_sudo=True,
        groups=USER_GROUP,
    )
    supplier_so_far_text = fields.Char(
        string="So Far",
        compute="_compute_supplier_so_far",
        compute_sudo=True,
        groups=USER_GROUP,
    )

    @api.depends("commercial_partner_id", "supplier_scorecard_id")
    @api.depends_context("company", "lang")
    def _compute_supplier_so_far(self):
        cards = self._supplier_cards_so_far()
        for partner in self:
            card = cards.get(partner.commercial_partner_id)
            partner.supplier_so_far_id = card
            partner.supplier_score_so_far = card.score if card else False
            partner.supplier_grade_so_far_id = card.grade_id if card else False
            partner.supplier_so_far_text = card._so_far_in_words() if card else False

    def _supplier_cards_so_far(self):
        """Return ``{vendor: scorecard}`` of the running period, in the company.

        Of several templates, that of the published score comes first, so that the two
        can be compared; then the first in the list that sets the score of vendors.
        """
        runs = self.env["supplier.evaluation"]._running(self.env.company)
        runs = runs.filtered("template_id.sets_vendor_score")
        vendors = self.commercial_partner_id
        found = self.env["supplier.scorecard"].search(
            [("evaluation_id", "in", runs.ids), ("partner_id", "in", vendors.ids)]
        )

        def order(card):
            last = card.partner_id.supplier_scorecard_id.template_id
            template = card.template_id
            return template != last, template.sequence, template.id

        return {
            vendor: min(cards, key=order)
            for vendor, cards in found.grouped("partner_id").items()
        }

    def action_open_supplier_so_far(self):
        """Open the scorecard of the running period."""
        self.ensure_one()
        return self.supplier_so_far_id.get_formview_action()
