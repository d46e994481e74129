from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SupplierOutboxChannel(models.Model):
    """A channel may be a system: it gets records of the exchange contract."""

    _inherit = "supplier.outbox.channel"

    kind = fields.Selection(
        selection_add=[("exchange", "Records by Signed Webhook")],
        ondelete={"exchange": "cascade"},
    )
    source_id = fields.Many2one(
        "supplier.exchange.source",
        string="System",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('company_id', '=', company_id)]",
        help="That gets the records. They are read with the rights of whoever is "
        "responsible for it.",
    )
    feed_ids = fields.One2many(
        "supplier.outbox.feed", "channel_id", string="Records That Are Sent"
    )

    @api.constrains("kind", "source_id", "company_id")
    def _check_source(self):
        for channel in self.filtered(lambda one: one.kind == "exchange"):
            if channel.source_id.sudo().company_id != channel.company_id:
                raise ValidationError(
                    self.env._(
                        "%s sends records: choose the system that gets them, of the "
                        "same company.",
                        channel.name,
                    )
                )

    @api.model
    def _listening(self, company, event):
        """A system gets records; sentences are for people."""
        return (
            super()
            ._listening(company, event)
            .filtered(lambda channel: channel.kind != "exchange")
        )

    def _test_content(self):
        """A test has no records, and is of the contract all the same."""
        content = super()._test_content()
        if self.kind == "exchange":
            content["data"] = {"source": self.source_id.code or "", "records": []}
        return content
