import secrets
from base64 import b64encode
from datetime import timedelta

from dateutil.relativedelta import relativedelta
from reportlab.graphics.barcode import createBarcodeDrawing

from odoo import api, models
from odoo.fields import Domain

from .supplier_certification import IN_FORCE


class SupplierCertification(models.Model):
    """What is in force, for what, and how anybody can check it."""

    _inherit = "supplier.certification"

    # ------------------------------------------------------------
    # What is in force
    # ------------------------------------------------------------

    @api.model
    def _today(self, companies):
        """Return today by company, in the time zone of each."""
        days = self.env["supplier.document"]._local_days(companies)
        return {company: days[company.id] for company in companies}

    @api.model
    def _in_force_domain(self, day):
        """Return the certifications that hold on a day."""
        return (
            Domain("state", "in", IN_FORCE)
            & Domain("date_from", "<=", day)
            & Domain("date_to", ">=", day)
        )

    @api.model
    def _covering(self, partners, company):
        """Return the certifications in force today of each supplier, in one query.

        :param partners: suppliers, or contacts of them
        :return: ``{partner id: certifications}``, empty where there is none
        """
        entities = partners.sudo().commercial_partner_id
        domain = self._in_force_domain(self._today(company)[company])
        domain &= Domain("company_id", "=", company.id)
        domain &= Domain("partner_id", "in", entities.ids)
        found = self.search(domain).grouped("partner_id")
        return {
            partner.id: self.browse(
                found.get(partner.sudo().commercial_partner_id, self).ids
                if partner.sudo().commercial_partner_id in found
                else ()
            )
            for partner in partners
        }

    def _covers(self, category):
        """Whether the scope of this certification includes a product category."""
        self.ensure_one()
        granted = self.sudo().category_ids
        if not granted:
            return True
        path = category.sudo().parent_path or ""
        return bool(set(granted.ids) & {int(part) for part in path.split("/") if part})

    def _is_in_force(self):
        """Whether it holds today, in the time zone of its company."""
        self.ensure_one()
        today = self._today(self.company_id)[self.company_id]
        return (
            self.state in IN_FORCE
            and bool(self.date_from)
            and self.date_from <= today <= self.date_to
        )

    def _validity(self, start):
        """Return the last day of a certification that begins on ``start``."""
        months = relativedelta(months=self.program_id.validity_months)
        return start + months - timedelta(days=1)

    @api.model
    def _new_token(self):
        """Return 128 random bits for the address of the public page."""
        return secrets.token_urlsafe(16)

    def _verification_url(self):
        """Return the address at which anybody can check the certificate."""
        self.ensure_one()
        token = self.sudo().verification_token
        return f"{self.get_base_url()}/supplier/certificate/{token}"

    def _verification_code(self):
        """Return the QR code of this address, an image in the address of its own.

        As SVG: for a bitmap, reportlab needs a library that not every server has.
        """
        drawing = createBarcodeDrawing(
            "QR", value=self._verification_url(), width=140, height=140, barBorder=0
        )
        image = b64encode(drawing.asString("svg").encode()).decode()
        return f"data:image/svg+xml;base64,{image}"
