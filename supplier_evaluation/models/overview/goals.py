from datetime import timedelta

from odoo import api, fields, models

# More would push away what the screen is for; a button opens all of them.
SHOWN = 8
# A goal that is over stays for so long; then it is found in the list of goals.
AFTER_DAYS = 92


class SupplierScorecard(models.Model):
    """How it stands with the goals, whatever else is chosen on the overview."""

    _inherit = "supplier.scorecard"

    @api.model
    def _shown_goals(self):
        """Return the goals of the companies, by what was measured last.

        They follow neither period nor filters: a goal says itself what it is about.

        :return: ``{"items": list, "total": number}``; an item is what
            ``supplier.goal._shown`` returns
        """
        goals = self.env["supplier.goal"]
        since = fields.Date.context_today(self) - timedelta(days=AFTER_DAYS)
        domain = [
            ("company_id", "in", self.env.companies.ids),
            ("date", ">=", since),
        ]
        shown = goals.search(domain, limit=SHOWN)
        total = len(shown)
        if total == SHOWN:
            total = goals.search_count(domain)
        today = shown._today()
        return {
            "items": [
                goal._shown(figures, goal._status_of(figures, today[goal.company_id]))
                for goal, figures in goals._stored_figures(shown).items()
            ],
            "total": total,
        }
