from odoo import api, fields, models
from odoo.tools import SQL

from ...models.certification.status import HELD, IN_PROGRESS
from ...tools.optional_numbers import OptionalInteger


class SupplierExpiry(models.Model):
    """What runs out, and what waits for somebody: documents and certifications."""

    _name = "supplier.expiry"
    _description = "What Expires"
    _order = "date_to, id"
    _auto = False
    _depends = {
        "supplier.document": [
            "active",
            "commercial_partner_id",
            "company_id",
            "date_to",
            "is_superseded",
            "user_id",
            "verification",
        ],
        "supplier.certification": [
            "active",
            "company_id",
            "date_to",
            "partner_id",
            "state",
            "user_id",
        ],
    }

    kind = fields.Selection(
        selection=[("document", "Document"), ("certification", "Certification")],
        readonly=True,
    )
    document_id = fields.Many2one("supplier.document", readonly=True)
    certification_id = fields.Many2one("supplier.certification", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Supplier", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    user_id = fields.Many2one("res.users", string="Owner", readonly=True)
    date_to = fields.Date(string="Valid Until", readonly=True)
    days_left = OptionalInteger(compute="_compute_days_left")

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT id * 2 AS id, 'document' AS kind, id AS document_id,
                   NULL::integer AS certification_id,
                   commercial_partner_id AS partner_id, company_id, user_id, date_to
              FROM supplier_document
             WHERE active AND is_superseded IS NOT TRUE AND verification <> 'rejected'
             UNION ALL
            SELECT id * 2 + 1, 'certification', NULL, id,
                   partner_id, company_id, user_id, date_to
              FROM supplier_certification
             WHERE active AND state IN %s
            """,
            ("draft", *IN_PROGRESS, *HELD),
        )

    @api.depends("document_id", "certification_id")
    def _compute_display_name(self):
        for row in self:
            row.display_name = (row.document_id or row.certification_id).display_name

    @api.depends("date_to")
    def _compute_days_left(self):
        days = self.env["supplier.document"]._local_days(self.company_id)
        for row in self:
            today = days[row.company_id.id]
            row.days_left = (row.date_to - today).days if row.date_to else False

    def action_open(self):
        """Open the document or the certification."""
        self.ensure_one()
        return (self.document_id or self.certification_id).get_formview_action()
