from odoo import api, models
from odoo.exceptions import UserError

from ..base.qr import qr_image


class ReportSupplierCertificate(models.AbstractModel):
    """The printable certificate, of what is in force only."""

    _name = "report.supplier_evaluation.supplier_certificate"
    _description = "Supplier Certificate"

    @api.model
    def _get_report_values(self, docids, data=None):
        docs = self.env["supplier.certification"].browse(docids)
        for certification in docs:
            if not certification._is_in_force():
                raise UserError(
                    self.env._(
                        "%(certification)s is not in force: there is no certificate.",
                        certification=certification.display_name,
                    )
                )
        return {
            "doc_ids": docids,
            "docs": docs,
            "languages": self._languages,
            "qr_code": qr_image,
        }

    @api.model
    def _languages(self, certification):
        """English, then the supplier's language if it is another one."""
        installed = [code for code, _name in self.env["res.lang"].get_installed()]
        own = certification.partner_id.lang
        english = next((code for code in installed if code.startswith("en")), "en_US")
        return [english] + ([own] if own and own[:2] != english[:2] else [])
