from odoo import http
from odoo.http import request

from ...models.application.supplier_application_attempt import network_of
from ..application.page import public_page
from .form import CHOICE, LONGEST, WITHHELD, Form

#: From one address in an hour: a customer's people may share one.
MOST_IN_AN_HOUR = 60
LARGEST_PAGE = 1024 * 1024


class SupplierAssessmentPage(http.Controller):
    """Where somebody outside assesses a supplier, by a link and without a login.

    To open the link changes nothing, as programs that read mail do. A link that is
    wrong, used or too old is answered in the same way, whatever it is.
    """

    @http.route(
        "/supplier/assessment/<string:token>",
        type="http",
        auth="public",
        methods=["GET"],
        sitemap=False,
        multilang=False,
        readonly=True,
    )
    def form(self, token):
        """Show the questions, in the language of the person."""
        review = self._find(token)
        return self._form(review, token, {}, {}) if review else self._unknown()

    @http.route(
        "/supplier/assessment/<string:token>",
        type="http",
        auth="public",
        methods=["POST"],
        sitemap=False,
        multilang=False,
        max_content_length=LARGEST_PAGE,
    )
    def submit(self, token, **_params):
        """Keep the answers, once, and say thank you."""
        attempts = request.env["supplier.application.attempt"].sudo()
        network = network_of(request.httprequest.remote_addr)
        if not attempts._take("assessment", network, MOST_IN_AN_HOUR):
            return public_page("application_often_page", status=429)
        review = self._find(token)
        if not review:
            return self._unknown()
        # Only texts: somebody may send a file under the name of any input.
        params = request.httprequest.form.to_dict()
        form = Form(review, params)
        if form.problems:
            return self._form(review, token, params, form.problems, status=422)
        if not review._submit(form.vals, form.comment):
            return self._unknown()
        lang = request.env.lang or ""
        return request.redirect(f"/supplier/assessment/thanks?lang={lang}", code=303)

    @http.route(
        "/supplier/assessment/thanks",
        type="http",
        auth="public",
        methods=["GET"],
        sitemap=False,
        multilang=False,
        readonly=True,
    )
    def thanks(self, lang=""):
        """Say the same to all who have answered."""
        self._speak(lang)
        return public_page("assessment_thanks_page")

    # ------------------------------------------------------------
    # Pages
    # ------------------------------------------------------------

    def _find(self, token):
        """Return what a link opens, and speak the language of its person."""
        review = request.env["supplier.customer.review"]._find_by_token(token)
        if review:
            self._speak(review.lang)
        # With the language in its environment.
        return request.env(su=True)[review._name].browse(review.ids)

    def _speak(self, lang):
        """Take a language, if it is one of those that are installed."""
        known = request.env["ir.http"].get_nearest_lang(lang)
        if known:
            request.update_context(lang=known)

    def _unknown(self):
        return public_page("assessment_unknown_page", status=404)

    def _form(self, review, token, params, problems, status=200):
        return public_page(
            "assessment_form_page",
            status=status,
            review=review,
            token=token,
            values=params,
            problems=problems,
            choice=CHOICE,
            withheld=WITHHELD,
            longest=LONGEST,
        )
