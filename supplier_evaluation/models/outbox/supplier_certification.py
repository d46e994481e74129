from odoo import models


class SupplierCertification(models.Model):
    _inherit = "supplier.certification"

    def _transition(self, state, reason=False, vals=None):
        """Tell the chats of what moved, apart from drafts."""
        result = super()._transition(state, reason, vals)
        if self and state != "draft":
            channels = self.env["supplier.outbox.channel"]
            for company, own in self.grouped("company_id").items():
                for channel in channels._listening(company, "on_certification"):
                    own._tell_chat(channel, reason)
        return result

    def _tell_chat(self, channel, reason):
        outbox = self.env["supplier.outbox"].sudo()
        for one in channel._in_language(self):
            labels = dict(one._fields["state"]._description_selection(one.env))
            move = max(one.transition_ids.ids)
            outbox.enqueue(
                channel,
                f"certification/{move}",
                {
                    "title": one.env._(
                        "%(supplier)s: certification %(state)s",
                        supplier=one.partner_id.display_name,
                        state=labels[one.state],
                    ),
                    "lines": [line for line in (one.display_name, reason) if line],
                    "data": {
                        "event": "certification",
                        "state": one.state,
                        "supplier": one.partner_id.name,
                        "id": one.id,
                    },
                },
                one,
            )
