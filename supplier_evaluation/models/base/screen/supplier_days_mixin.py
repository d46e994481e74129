from odoo import api, fields, models

from ....tools.actions import open_dialog
from ....tools.groups import MANAGER_GROUP


class SupplierDaysMixin(models.AbstractModel):
    """A record that is computed of days, and warns when nobody said whose."""

    _name = "supplier.days.mixin"
    _description = "Record That Depends on the Time Zone of Its Company"

    company_tz_missing = fields.Boolean(
        compute="_compute_company_tz", groups=MANAGER_GROUP
    )
    company_tz_proposal = fields.Char(
        compute="_compute_company_tz", groups=MANAGER_GROUP
    )

    @api.depends("company_id")
    def _compute_company_tz(self):
        for record in self:
            company = record.company_id
            record.company_tz_missing = bool(company) and not company.supplier_tz
            record.company_tz_proposal = company.supplier_tz_proposal

    def action_take_company_tz(self):
        """Take the time zone that the country of the company proposes."""
        self.ensure_one()
        self.company_id._set_supplier_tz(self.company_id.supplier_tz_proposal)

    def action_choose_company_tz(self):
        """Ask for the time zone of the company."""
        self.ensure_one()
        return open_dialog(
            "supplier.tz.wizard",
            self.env._("Time Zone of the Company"),
            {"company_id": self.company_id.id},
        )
