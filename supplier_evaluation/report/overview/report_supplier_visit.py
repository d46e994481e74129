from odoo import api, models


class ReportSupplierVisit(models.AbstractModel):
    """One page about a supplier, to take along to it."""

    _name = "report.supplier_evaluation.supplier_visit"
    _description = "Supplier Visit"

    @api.model
    def _get_report_values(self, docids, data=None):
        """Return the values of the page: what the form of each vendor shows.

        :raises AccessError: the user may not see how suppliers are evaluated
        """
        docs = self.env["res.partner"].browse(docids)
        return {
            "doc_ids": docids,
            "docs": docs,
            "views": {doc.id: doc.retrieve_360() for doc in docs},
        }
