from odoo import models


class ResUsers(models.Model):
    """Whoever leaves sees to nothing any more."""

    _inherit = "res.users"

    def write(self, vals):
        result = super().write(vals)
        if vals.get("active") is False:
            self._return_supplier_applications()
        return result

    def _return_supplier_applications(self):
        """Put what these people claimed back into the pool, and say so there."""
        claimed = (
            self.env["supplier.application"]
            .sudo()
            .search([("user_id", "in", self.ids), ("state", "=", "claimed")])
        )
        if not claimed:
            return
        bodies = {
            one.id: self.env._(
                "%(user)s does not work here any more: back in the pool.",
                user=one.user_id.name,
            )
            for one in claimed
        }
        claimed._put_back()
        claimed._message_log_batch(bodies=bodies)
