from odoo import models


class SupplierDocument(models.Model):
    _inherit = "supplier.document"

    def _remind(self, days):
        """Tell the chats of the documents that owners were reminded of."""
        before = {document.id: document.date_reminded for document in self}
        result = super()._remind(days)
        reminded = self.filtered(lambda one: one.date_reminded != before[one.id])
        channels = self.env["supplier.outbox.channel"]
        for company, own in reminded.grouped("company_id").items():
            for channel in channels._listening(company, "on_document"):
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
