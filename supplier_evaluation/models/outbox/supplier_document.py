from odoo import models


class SupplierDocument(models.Model):
    _inherit = "supplier.document"

    def _remind(self, days):
        """Tell the chats of the documents that owners were reminded of."""
        before = {document.id: document.date_reminded for document in self}
        result = super()._remind(days)
        reminded = self.filtered(lambda one: one.date_reminded != before[one.id])
        channels = self.env["supplier.outbox.channel"]
        # What is of no company is of all of them.
        shared = reminded.filtered(lambda one: not one.company_id)
        everywhere = self.env["res.company"].sudo().search([("active", "=", True)])
        for company in reminded.company_id | (everywhere if shared else everywhere[:0]):
            own = reminded.filtered(lambda one, own=company: one.company_id == own)
            own |= shared
            for channel in own and channels._listening(company, "on_document"):
                own._tell_chat(channel, days)
        return result

    def _tell_chat(self, channel, days):
        documents = channel._in_language(self).sorted("date_to")
        day = days[channel.company_id.id]
        ids = f"{min(self.ids)}-{max(self.ids)}-{len(self)}"
        self.env["supplier.outbox"].sudo().enqueue(
            channel,
            f"document/{day}/{ids}",
            {
                "title": documents.env._("Documents expire: %s", len(documents)),
                "lines": [
                    one._expiry_sentence(one._days_to(days)) for one in documents
                ],
                "data": {
                    "event": "document",
                    "documents": [
                        {
                            "id": one.id,
                            "supplier": one.commercial_partner_id.name,
                            "type": one.type_id.name,
                            "date_to": str(one.date_to),
                        }
                        for one in documents
                    ],
                },
            },
            documents[:1] if len(documents) == 1 else None,
        )
