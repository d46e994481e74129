from odoo import fields, models

from ...tools.groups import USER_GROUP


class ResPartner(models.Model):
    _inherit = "res.partner"

    supplier_meeting_count = fields.Integer(
        compute="_compute_supplier_meeting_count", groups=USER_GROUP
    )

    def _compute_supplier_meeting_count(self):
        # Before it became part of its company, it was a party itself.
        suppliers = self | self.commercial_partner_id
        counts = dict(
            self.env["supplier.meeting"]._read_group(
                [("party_ids", "in", suppliers.ids)], ["party_ids"], ["__count"]
            )
        )
        for partner in self:
            both = partner | partner.commercial_partner_id
            partner.supplier_meeting_count = sum(counts.get(one, 0) for one in both)

    def action_open_supplier_meetings(self):
        """Open the meetings with the vendor, or with its company."""
        self.ensure_one()
        supplier = self.commercial_partner_id
        return self.env["supplier.meeting"]._action_list(
            [("party_ids", "in", (self | supplier).ids)], default_partner_id=supplier.id
        )
