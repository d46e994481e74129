from odoo import models

from .supplier_chain_waiting import ADDED, CHANGED


class SupplierSealedMixin(models.AbstractModel):
    _inherit = "supplier.sealed.mixin"

    def _seal_soon(self, changed=False):
        """Note that these are to be sealed.

        One statement, and no lock that anybody waits for.

        :param bool changed: whether they have been before, and a step changed them
        """
        self.env["supplier.chain.waiting"]._note(
            CHANGED if changed else ADDED,
            self._name,
            [(record.company_id.id, record.id, None) for record in self.sudo()],
        )
