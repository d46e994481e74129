from odoo import api, models

from .automatic import is_automatic, says_it_came

# Where a supplier writes about an order, and how quickly it answers is measured.
CORRESPONDENCE = (
    "purchase.order",
    "supplier.incident",
    "stock.picking",
    "account.move",
)


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    @api.model
    def _message_route_process(self, message, message_dict, routes):
        """Do not take a machine's receipt of our mail for an answer."""
        if any(route[0] in CORRESPONDENCE for route in routes or ()) and is_automatic(
            message, message_dict.get("subject")
        ):
            message_dict["message_type"] = "auto_comment"
        return super()._message_route_process(message, message_dict, routes)

    @api.model
    def _routing_handle_bounce(self, email_message, message_dict):
        """Do not take a report that our mail was opened, or is late, for a failure.

        What we asked would not have reached the supplier, and would not count.
        """
        ours = message_dict["bounced_message"].model in CORRESPONDENCE
        if ours and says_it_came(email_message):
            return None
        return super()._routing_handle_bounce(email_message, message_dict)
