import re

from odoo import http
from odoo.http import request

# What ``_new_token`` makes; nothing else is looked up.
TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")


class SupplierCertificate(http.Controller):
    @http.route(
        "/supplier/certificate/<string:token>",
        type="http",
        auth="public",
        methods=["GET"],
        sitemap=False,
        readonly=True,
    )
    def certificate(self, token):
        """Tell whether a certificate holds, until when and for what; nothing else.

        A code that never was and one that no longer holds get the same answer, after
        the same work.
        """
        certification = request.env["supplier.certification"].sudo()
        if TOKEN.fullmatch(token):
            certification = certification._find_by_token(token)
        values = {}
        if certification:
            values = {
                "date_to": certification.date_to,
                "scope": certification.category_ids.mapped("display_name"),
            }
        response = request.render("supplier_evaluation.certificate_page", values)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response
