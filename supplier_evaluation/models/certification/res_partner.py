from odoo import api, fields, models

from ...tools.actions import open_records
from ...tools.counts import count_by
from ...tools.groups import USER_GROUP
from .status import STATUSES


class ResPartner(models.Model):
    _inherit = "res.partner"

    supplier_certification_state = fields.Selection(
        selection=STATUSES,
        string="Certification",
        company_dependent=True,
        readonly=True,
        groups=USER_GROUP,
        help="The best that is in force; its scope may be narrow. Where nothing is in "
        "force, what was lost, and else what was applied for.",
    )
    supplier_certification_count = fields.Integer(
        compute="_compute_supplier_certification_count",
        groups=USER_GROUP,
    )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {"supplier_certification_state"}

    def _compute_supplier_certification_count(self):
        counts = count_by(
            self.env["supplier.certification"],
            "partner_id",
            self.commercial_partner_id,
        )
        for partner in self:
            partner.supplier_certification_count = counts.get(
                partner.commercial_partner_id, 0
            )

    def action_open_supplier_certifications(self):
        """Open the certifications of the vendor, or of the company it belongs to."""
        self.ensure_one()
        return open_records(
            self.env,
            "supplier_evaluation.supplier_certification_action",
            [("partner_id", "=", self.commercial_partner_id.id)],
            {"default_partner_id": self.commercial_partner_id.id},
            modes=("list", "kanban", "form"),
        )
