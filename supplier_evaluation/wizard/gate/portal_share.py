from odoo import models

ORDER = "purchase.order"


class PortalShare(models.TransientModel):
    """A link in a mail is a way to send a request, too."""

    _inherit = "portal.share"

    def action_send_mail(self):
        shared = self.filtered(lambda one: one.res_model == ORDER)
        orders = self.env[ORDER].browse(shared.mapped("res_id")).exists()
        orders.filtered(lambda o: o.state in ("draft", "sent"))._check_gate("rfq")
        return super().action_send_mail()
