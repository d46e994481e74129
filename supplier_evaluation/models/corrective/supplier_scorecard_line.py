from odoo import models
from odoo.exceptions import UserError


class SupplierScorecardLine(models.Model):
    _inherit = "supplier.scorecard.line"

    def action_start_corrective_action(self):
        """Start an 8D of a weak figure, or open the one that is open.

        :raises UserError: the figure is not published: it may still change
        """
        self.ensure_one()
        card = self.scorecard_id
        if card.state != "published":
            raise UserError(
                self.env._(
                    "%s is not published: its figures may change. Start a corrective "
                    "action of what is.",
                    card.display_name,
                )
            )
        actions = self.env["supplier.corrective.action"]
        action = actions._going_about(
            card.partner_id, card.company_id, self.kpi_id
        ) or actions._open(
            card.partner_id,
            card.company_id,
            self.env._(
                "%(kpi)s in %(period)s: %(value)s",
                kpi=self.kpi_id.name,
                period=card.period_label,
                value=self.value_text or "–",
            ),
            scorecard_line=self,
        )
        return action.get_formview_action()
