from odoo import models


class SupplierGuardMixin(models.AbstractModel):
    """What registers tell about: when it is deleted, their rows go along."""

    _inherit = "supplier.guard.mixin"

    def unlink(self):
        self.env["supplier.chain.waiting"]._note_going(self)
        return super().unlink()
