from odoo import models
from odoo.exceptions import UserError


class SupplierKpi(models.Model):
    """Evaluations know a KPI by its code: it stays once there is one of it."""

    _inherit = "supplier.kpi"

    def write(self, vals):
        if "code" in vals:
            self._check_code_unused(vals["code"])
        return super().write(vals)

    def _check_code_unused(self, code):
        """Refuse to rename what evaluations speak of.

        :raises UserError: naming the KPI
        """
        renamed = self.filtered(lambda kpi: kpi.code != code)
        line = (
            self.env["supplier.scorecard.line"]
            .sudo()
            .search([("kpi_id", "in", renamed.ids)], limit=1)
        )
        if line:
            raise UserError(
                self.env._(
                    "Evaluations know %s by its code, so the code stays. The name can "
                    "be changed.",
                    line.kpi_id.name,
                )
            )
