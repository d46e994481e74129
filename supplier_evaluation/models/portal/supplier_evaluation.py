from datetime import timedelta

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Datetime


class SupplierEvaluation(models.Model):
    """Suppliers hear of what is published, and may dispute it for some days."""

    _inherit = "supplier.evaluation"

    def _publish_instead_of(self, published):
        """Write to suppliers with whom the template shares their scorecards.

        A revision is none of their business where it says the same of them.
        """
        before = published._said_to_suppliers()
        result = super()._publish_instead_of(published)
        if self.template_id.is_in_portal:
            now = self._said_to_suppliers()
            news = self.scorecard_ids.filtered(
                lambda card: before.get(card.partner_id) != now[card.partner_id]
            )
            self.env["supplier.portal"]._tell(news, "published")
        return result

    def _said_to_suppliers(self):
        """Return what the scorecards say, by supplier: score, grade and figures."""
        cards = self.scorecard_ids
        said = {
            card.partner_id: [(card.has_score, card.score, card.grade_id.id)]
            for card in cards
        }
        for line in cards.line_ids.sorted(lambda one: (one.kpi_id.id, one.id)):
            said[line.scorecard_id.partner_id].append(
                (line.kpi_id.id, line.has_value, line.value, line.score)
            )
        return said

    # ------------------------------------------------------------
    # Disputing
    # ------------------------------------------------------------

    def _dispute_until(self):
        """Return the last day on which it can be disputed, or False."""
        self.ensure_one()
        days = self.company_id.supplier_dispute_days
        if not days or not self.date_published:
            return False
        published = self.company_id._supplier_day(self.date_published)
        return published + timedelta(days=days)

    def _can_be_disputed(self):
        """Whether it is what is published, and not too late."""
        last = self._dispute_until()
        today = self.company_id._supplier_day(Datetime.now())
        return bool(self.state == "published" and last and today <= last)

    def _check_can_be_disputed(self):
        """Refuse a dispute that comes too late.

        :raises UserError: it does
        """
        if not self._can_be_disputed():
            raise UserError(
                self.env._(
                    "This scorecard cannot be disputed any more: write to your buyer."
                )
            )
