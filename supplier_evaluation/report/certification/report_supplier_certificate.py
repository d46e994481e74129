from base64 import b64encode

from reportlab.graphics.barcode import createBarcodeDrawing

from odoo import api, models
from odoo.exceptions import UserError


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
            "qr_code": self._qr_code,
        }

    @api.model
    def _languages(self, certification):
        """English, then the supplier's language if it is another one."""
        installed = [code for code, _name in self.env["res.lang"].get_installed()]
        own = certification.partner_id.lang
        english = next((code for code in installed if code.startswith("en")), "en_US")
        return [english] + ([own] if own and own[:2] != english[:2] else [])

    @api.model
    def _qr_code(self, url):
        """Return the QR code of an address, an image in the address of its own.

        As SVG: for a bitmap, reportlab needs a library that not every server has.
        """
        drawing = createBarcodeDrawing(
            "QR", value=url, width=140, height=140, barBorder=0
        )
        image = b64encode(drawing.asString("svg").encode()).decode()
        return f"data:image/svg+xml;base64,{image}"
