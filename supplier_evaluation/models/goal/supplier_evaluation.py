from odoo import models

CRON = "supplier_evaluation.ir_cron_supplier_goal"


class SupplierEvaluation(models.Model):
    _inherit = "supplier.evaluation"

    def _publish_instead_of(self, published):
        """Let the goals be looked at soon that the new figures are about."""
        result = super()._publish_instead_of(published)
        concerned = self.env["supplier.goal"].search_count(
            [
                ("template_id", "=", self.template_id.id),
                ("company_id", "=", self.company_id.id),
            ],
            limit=1,
        )
        if concerned:
            self.env.ref(CRON)._trigger()
        return result
