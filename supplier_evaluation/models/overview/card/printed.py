from odoo import models


class SupplierScorecardReport(models.AbstractModel):
    """On paper a scorecard says why, in the sentences of the screen."""

    _inherit = "report.supplier_evaluation.supplier_scorecard"

    def _findings(self, doc):
        return [finding["text"] for finding in doc._findings()]
