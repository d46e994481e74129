from odoo import api, models
from odoo.exceptions import UserError

# What it is, and what was granted: only steps change it, and seal it anew.
SEALED = (
    "category_ids",
    "company_id",
    "conditions",
    "date_conditions",
    "date_decided",
    "date_from",
    "date_retry",
    "date_to",
    "partner_id",
    "program_id",
    "round",
    "state",
)


class SupplierCertification(models.Model):
    """The chain of seals has what was submitted once, as it stands after each step.

    Who decided what, and when it moved, is in registers of their own.
    """

    _name = "supplier.certification"
    _inherit = ["supplier.certification", "supplier.sealed.mixin"]
    _sealed_when = "round"
    _sealed_anew = SEALED
    _sealed_order = "create_date"

    @api.model
    def _sealed_columns(self):
        return sorted(SEALED)

    def write(self, vals):
        if "company_id" in vals:
            self._check_company_stays(vals["company_id"])
        result = super().write(vals)
        if not vals.keys().isdisjoint(SEALED):
            self.sudo().filtered("round")._seal_soon(changed=True)
        return result

    def _check_company_stays(self, company_id):
        """What was decided is in the registers, and in the chain, of the company."""
        for certification in self.sudo().filtered("round"):
            if certification.company_id.id != company_id:
                raise UserError(
                    self.env._(
                        "%(certification)s was submitted before and stays in its "
                        "company: apply anew in the other one.",
                        certification=certification.display_name,
                    )
                )
