from markupsafe import Markup

from odoo import models


class SupplierAlert(models.Model):
    """What an executive talks about with the supplier: what its scorecard says."""

    _inherit = "supplier.alert"

    def _visit_agenda(self):
        """Return what was seen, and the findings of the last published scorecard."""
        agenda = super()._visit_agenda()
        partner = self.partner_id.with_company(self.company_id).sudo()
        card = partner.supplier_scorecard_id.with_env(self.env)
        if not card:
            return agenda
        findings = Markup().join(
            Markup("<li>%s</li>") % finding["text"] for finding in card._findings()
        )
        return agenda + Markup("<p>%s</p><ul>%s</ul>") % (
            self.env._("Scorecard of %s", card.period_label),
            findings,
        )
