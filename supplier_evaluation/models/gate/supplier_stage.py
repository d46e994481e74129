from odoo import api, models, tools


class SupplierStage(models.Model):
    """Whether the stages of a company limit what an order is worth."""

    _inherit = "supplier.stage"

    @api.model_create_multi
    def create(self, vals_list):
        stages = super().create(vals_list)
        self.env.registry.clear_cache()
        return stages

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    @api.model
    @tools.ormcache("company_id", cache="default")
    def _limits_orders(self, company_id):
        """Tell whether a stage has an order limit in the company.

        Every order asks, and stages hardly ever change: the answer is kept.
        """
        stages = self.sudo().with_company(company_id).with_context(active_test=False)
        return bool(stages.search_count([("purchase_limit", ">", 0)], limit=1))
