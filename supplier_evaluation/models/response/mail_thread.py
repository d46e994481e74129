from odoo import api, models

# Where a supplier is written to, and how quickly it answers is measured.
CORRESPONDENCE = ("purchase.order", "supplier.incident")


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    @api.model
    def _message_route_process(self, message, message_dict, routes):
        """Do not take a machine's receipt of our mail for an answer.

        Headers as in RFC 3834, and those that were in use before it.
        """
        if _is_automatic(message) and any(
            route[0] in CORRESPONDENCE for route in routes or ()
        ):
            message_dict["message_type"] = "auto_comment"
        return super()._message_route_process(message, message_dict, routes)


def _is_automatic(message):
    submitted = (message.get("Auto-Submitted") or "no").strip().lower()
    precedence = (message.get("Precedence") or "").strip().lower()
    return bool(
        not submitted.startswith("no")
        or precedence == "auto_reply"
        or message.get("X-Autoreply")
        or message.get("X-Autorespond")
    )
