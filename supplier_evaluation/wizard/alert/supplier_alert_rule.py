from odoo import models

from ...tools.actions import open_dialog


class SupplierAlertRule(models.Model):
    _inherit = "supplier.alert.rule"

    def action_dry_run(self):
        """Show what the rule would have raised in the last twelve months."""
        self.ensure_one()
        self.check_access("write")
        run = self.env["supplier.alert.dry.run"]._of(self)
        return open_dialog(
            run._name, self.env._("What Would It Have Raised?"), record=run
        )
