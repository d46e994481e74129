from odoo import models

from ...tools.actions import open_records


class SupplierExchangeSource(models.Model):
    _inherit = "supplier.exchange.source"

    def action_open_webhooks(self):
        """Open where records are sent by themselves."""
        self.ensure_one()
        return open_records(
            self.env,
            "supplier_evaluation.supplier_outbox_channel_action",
            [("source_id", "=", self.id)],
            {
                "default_kind": "exchange",
                "default_source_id": self.id,
                "default_company_id": self.company_id.id,
                "default_name": self.name,
            },
            name=self.env._("Send by Webhook"),
        )
