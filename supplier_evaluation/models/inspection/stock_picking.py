from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.groups import USER_GROUP


class StockPicking(models.Model):
    _inherit = "stock.picking"

    supplier_inspection_ids = fields.One2many(
        "supplier.inspection", "picking_id", string="Inspections", groups=USER_GROUP
    )
    supplier_inspection_count = fields.Integer(
        string="Number of Inspections",
        compute="_compute_supplier_inspection_count",
        groups=USER_GROUP,
    )
    can_inspect = fields.Boolean(compute="_compute_can_inspect", groups=USER_GROUP)

    @api.depends("supplier_inspection_ids")
    def _compute_supplier_inspection_count(self):
        for picking in self:
            picking.supplier_inspection_count = len(picking.supplier_inspection_ids)

    @api.depends("state", "location_id.usage")
    def _compute_can_inspect(self):
        for picking in self:
            picking.can_inspect = (
                picking.location_id.usage == "supplier"
                and picking.state not in ("draft", "cancel")
            )

    def _action_done(self):
        """Have what came inspected, where a plan asks for it."""
        result = super()._action_done()
        self.env["supplier.inspection"].sudo()._inspect_receipts(self.sudo())
        return result

    def action_inspect(self):
        """Open the inspections of the receipt; make those that are not made yet.

        :raises UserError: no supplier is known whose goods they are
        """
        self.ensure_one()
        inspections = self.env["supplier.inspection"]
        inspections.check_access("create")
        self.check_access("read")
        made = inspections.sudo()._inspect(self.sudo()).with_env(self.env)
        if not made:
            raise UserError(
                self.env._(
                    "Nothing of %(receipt)s comes from a supplier: set from whom the "
                    "goods are.",
                    receipt=self.display_name,
                )
            )
        return made._action_list(self.env._("Inspections"))

    def action_open_supplier_inspections(self):
        """Open the inspections of the receipt, corrections too."""
        self.ensure_one()
        return self.supplier_inspection_ids._action_list(self.env._("Inspections"))
