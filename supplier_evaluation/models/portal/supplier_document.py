from odoo import models


class SupplierDocument(models.Model):
    """Suppliers hear what is wrong with their documents, and send the next one."""

    _inherit = "supplier.document"

    def _reject(self, reason):
        """Refuse the documents, and ask the supplier for better ones."""
        rejected = self.filtered(lambda document: document.verification != "rejected")
        result = super()._reject(reason)
        self.env["supplier.portal"]._tell(rejected, "rejected")
        return result

    def _remind(self, days):
        """Remind the owners, and whoever of the supplier can send the next version."""
        due = self.filtered(
            lambda document: (
                document.date_next_reminder
                and document.date_next_reminder <= days[document.company_id.id]
            )
        )
        result = super()._remind(days)
        reminded = due.filtered(
            lambda document: document.date_reminded == days[document.company_id.id]
        )
        self.env["supplier.portal"]._tell(reminded, "expiring")
        return result
