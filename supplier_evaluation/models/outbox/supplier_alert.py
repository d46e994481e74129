from odoo import models

from ...tools.wording import labelled
from ..alert.supplier_alert_rule import SEVERITIES

RANK = {name: number for number, (name, _label) in enumerate(SEVERITIES)}


class SupplierAlert(models.Model):
    _inherit = "supplier.alert"

    def _tell(self):
        """Tell the chats, too: one message for the alerts of a rule."""
        result = super()._tell()
        channels = self.env["supplier.outbox.channel"]
        for company, own in self.grouped("company_id").items():
            for channel in channels._listening(company, "on_alert"):
                least = RANK[channel.severity]
                severe = own.filtered(
                    lambda alert, least=least: RANK[alert.severity] >= least
                )
                for rule, alerts in severe.grouped("rule_id").items():
                    alerts._tell_chat(channel, rule)
        return result

    def _tell_chat(self, channel, rule):
        alerts = channel._in_language(self)
        rule = channel._in_language(rule)
        ids = f"{min(self.ids)}-{max(self.ids)}-{len(self)}"
        self.env["supplier.outbox"].sudo().enqueue(
            channel,
            f"alert/{rule.id}/{ids}",
            {
                "title": rule.name,
                "lines": [
                    labelled(
                        self.env, one.partner_id.display_name, one._seen_sentence()
                    )
                    if one.partner_id
                    else one._seen_sentence()
                    for one in alerts
                ],
                "data": {
                    "event": "alert",
                    "severity": rule.severity,
                    "ids": self.ids,
                    "suppliers": alerts.partner_id.mapped("name"),
                },
            },
            self[:1],
        )
