from odoo import http
from odoo.http import request

from ...matching import normalise_mail
from ...models.application.supplier_application_attempt import HOURS_KEPT, network_of
from .form import ENDINGS, LARGEST_FILE, LARGEST_PAGE, MIB, Form
from .page import public_page

#: From one address in an hour, and with one mail address in a day.
MOST_IN_AN_HOUR = 20
MOST_MAILS_IN_A_DAY = 3
#: Not shown to people; what fills in everything fills it in, too.
HONEYPOT = "fax_number"


class SupplierApplicationPage(http.Controller):
    """Where a company applies as a supplier.

    Nothing here looks for the company among those we know: it is answered before
    anybody, be it a scheduled action, compares it with them.
    """

    @http.route(
        "/supplier/apply",
        type="http",
        auth="public",
        methods=["GET"],
        sitemap=False,
        readonly=True,
    )
    def companies(self):
        """Show the page of the company, or let the visitor choose one of several."""
        companies = request.env["res.company"]._open_to_applications()
        if len(companies) == 1:
            return request.redirect(f"/supplier/apply/{companies.id}")
        return public_page("application_companies_page", companies=companies)

    @http.route(
        "/supplier/apply/<int:company_id>",
        type="http",
        auth="public",
        methods=["GET"],
        sitemap=False,
        readonly=True,
    )
    def form(self, company_id):
        """Show the form of a company that takes applications."""
        return self._form(self._company(company_id), {}, {})

    @http.route(
        "/supplier/apply/<int:company_id>",
        type="http",
        auth="public",
        methods=["POST"],
        sitemap=False,
        max_content_length=LARGEST_PAGE,
    )
    def apply(self, company_id, **_params):
        """Keep an application until its sender confirms it by mail."""
        # Only texts: somebody may send a file under the name of any input.
        params = request.httprequest.form.to_dict()
        company = self._company(company_id)
        attempts = request.env["supplier.application.attempt"].sudo()
        network = network_of(request.httprequest.remote_addr)
        if not attempts._take("page", network, MOST_IN_AN_HOUR):
            return public_page("application_often_page", status=429)
        if params.get(HONEYPOT):
            return self._sent()
        chosen = request.httprequest.form.getlist("category_ids")
        params["category_ids"] = chosen
        form = Form(request.env, company, params, request.httprequest.files)
        if form.problems:
            return self._form(company, params, form.problems, status=422)
        mail = normalise_mail(form.vals["email"])
        if attempts._take("mail", mail, MOST_MAILS_IN_A_DAY, HOURS_KEPT):
            vals = {**form.vals, "email": mail, "lang": request.env.lang}
            applications = request.env["supplier.application"]
            applications._receive(company, vals, form.documents)
        return self._sent()

    @http.route(
        "/supplier/apply/sent",
        type="http",
        auth="public",
        methods=["GET"],
        sitemap=False,
        readonly=True,
    )
    def sent(self):
        """Say the same to all who have applied."""
        return public_page("application_sent_page")

    @http.route(
        "/supplier/apply/confirm/<string:token>",
        type="http",
        auth="public",
        methods=["GET"],
        sitemap=False,
        readonly=True,
    )
    def ask_confirmation(self, token):
        """Show a button and change nothing: programs that read mail open its links."""
        application = request.env["supplier.application"]._find_by_token(token)
        if not application:
            return public_page("application_unknown_page", status=404)
        return public_page(
            "application_confirm_page", application=application, token=token
        )

    @http.route(
        "/supplier/apply/confirm/<string:token>",
        type="http",
        auth="public",
        methods=["POST"],
        sitemap=False,
    )
    def confirm(self, token, answer=""):
        """Confirm an application, or take it back.

        :param str answer: ``confirm`` or ``withdraw``
        """
        application = request.env["supplier.application"]._find_by_token(token)
        if not application or answer not in ("confirm", "withdraw"):
            return public_page("application_unknown_page", status=404)
        if answer == "withdraw":
            application._take_back()
            return public_page("application_withdrawn_page")
        application._confirm()
        return public_page("application_confirmed_page")

    # ------------------------------------------------------------
    # Pages
    # ------------------------------------------------------------

    def _company(self, company_id):
        """Return a company that takes applications, with full rights.

        :raises NotFound: there is none of this number, or it takes none
        """
        companies = request.env["res.company"]._open_to_applications()
        company = companies.filtered(lambda one: one.id == company_id)
        if not company:
            raise request.not_found()
        return company

    def _form(self, company, params, problems, status=200):
        env = request.env(su=True)
        return public_page(
            "application_form_page",
            status=status,
            company=company,
            countries=env["res.country"].search([]),
            categories=env["product.category"].search(
                [("supplier_open_to_applications", "=", True)]
            ),
            types=company.supplier_application_type_ids,
            values=params,
            problems=problems,
            honeypot=HONEYPOT,
            endings=",".join(ENDINGS),
            megabytes=LARGEST_FILE // MIB,
        )

    def _sent(self):
        return request.redirect("/supplier/apply/sent", code=303)
