from odoo import api, models
from odoo.fields import Domain

FACTS = "supplier.sale.fact"
# Of these links, which lead to orders, it is only said that there is one.
SAID = {"late_line_id", "accurate_line_id"}


class SupplierPortal(models.AbstractModel):
    """Of customer orders, a supplier sees our order and what it promised itself.

    Days late are none of it: with promise and receipt, they tell by when the customer
    wanted the goods.
    """

    _inherit = "supplier.portal"

    @api.model
    def _columns(self):
        shown = ("order_id", "product_id", "promised", "came_on", *sorted(SAID))
        return {**super()._columns(), FACTS: shown}

    def _behind(self, line, counted):
        """Leave out what customers cancelled, or still wait for: it is their matter."""
        facts, asked = super()._behind(line, counted)
        if facts._name == FACTS and not counted:
            asked &= Domain("exclusion", "not in", ("cancelled", "not_due"))
        return facts, asked

    def _text(self, fact, name):
        if fact._name == FACTS and name in SAID:
            return self.env._("Yes") if fact[name] else self.env._("No")
        return super()._text(fact, name)
