from odoo import models


class MailMessage(models.Model):
    _inherit = "mail.message"

    # Few of many messages: those that people write on orders and incidents. What is
    # written about an order elsewhere is found by its document.
    _supplier_correspondence_idx = models.Index(
        "(model, date) WHERE model IN ('purchase.order', 'supplier.incident')"
        " AND message_type IN ('comment', 'email', 'email_outgoing')"
    )
