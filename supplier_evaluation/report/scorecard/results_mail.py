"""The results of an evaluation as a mail, in the language of its readers."""

import logging
from functools import partial
from urllib.parse import urlencode

from odoo.exceptions import UserError

from ...tools.numbers import number
from .scorecard_xlsx import scorecards_xlsx

_logger = logging.getLogger(__name__)

BODY = "supplier_evaluation.supplier_results_mail"
REPORT = "supplier_evaluation.supplier_scorecard_report"
# A file for more suppliers is no page that somebody prints.
MOST_PAGES = 200
# So many of the best and of the worst are named.
NAMED = 5


class ResultsMail:
    """One mail to people who read one language.

    What it says is read with the rights of one of them: all may read the scorecards.
    """

    def __init__(self, evaluation, users, lang):
        self.users = users
        self.evaluation = (
            evaluation.with_user(users[0])
            .with_context(
                lang=lang, allowed_company_ids=evaluation.company_id.ids, tz=users[0].tz
            )
            .sudo(False)
        )
        self.env = self.evaluation.env
        self.remarks = []

    def send(self):
        """Queue the mail.

        :return: what was left out of it, as a list of sentences
        """
        files = self._files()
        mail = self.env["mail.mail"].sudo()
        mail.create(
            {
                "subject": self._subject(),
                "body_html": self._body(),
                "email_from": self.evaluation.company_id.email_formatted
                or self.env.ref("base.user_root").sudo().email_formatted,
                "recipient_ids": [(6, 0, self.users.partner_id.ids)],
                "attachment_ids": [
                    (0, 0, {"name": name, "raw": content, "res_model": "mail.message"})
                    for name, content in files
                ],
                "auto_delete": True,
            }
        )
        return self.remarks

    def _subject(self):
        return self.env._(
            "Supplier scorecards, %(template)s, %(period)s",
            template=self.evaluation._template_name(),
            period=self.evaluation.period_label,
        )

    def _body(self):
        """Render the mail."""
        ranked = self.evaluation.scorecard_ids.filtered("rank").sorted("rank")
        few = len(ranked) <= 2 * NAMED
        return self.env["ir.qweb"]._render(
            BODY,
            {
                "intro": self._intro(),
                "best": ranked if few else ranked[:NAMED],
                "worst": ranked.browse() if few else ranked[-NAMED:],
                "moved": self._moved(),
                "address": self._address(),
                "number": partial(number, self.env),
            },
            minimal_qcontext=True,
        )

    def _intro(self):
        return self.env._(
            "The scorecards of %(period)s are published (%(template)s, %(company)s). "
            "Suppliers that were evaluated: %(count)s.",
            period=self.evaluation.period_label,
            template=self.evaluation._template_name(),
            company=self.evaluation.company_id.name,
            count=self.evaluation.scorecard_count,
        )

    def _moved(self):
        """Say who changed by more than chance explains, the most first."""
        moved = self.evaluation.scorecard_ids.filtered("is_trend_firm").sorted(
            lambda card: -abs(card.trend)
        )
        return [
            self.env._(
                "%(supplier)s: from %(before)s to %(score)s points, grade %(grade)s",
                supplier=card.partner_id.sudo().display_name,
                before=number(self.env, card.score - card.trend),
                score=number(self.env, card.score),
                grade=card.grade_id.name,
            )
            for card in moved[:NAMED]
        ]

    def _address(self):
        query = urlencode(
            {"model": self.evaluation._name, "res_id": self.evaluation.id}
        )
        return f"{self.evaluation.get_base_url()}/mail/view?{query}"

    # ------------------------------------------------------------
    # Files
    # ------------------------------------------------------------

    def _files(self):
        """Return the attachments as ``(name, content)``."""
        name = self._subject().replace("/", "-")
        # The records behind the figures are for who opens Odoo.
        files = [(f"{name}.xlsx", scorecards_xlsx(self.evaluation, counted=False))]
        cards = self.evaluation.scorecard_ids
        if 0 < len(cards) <= MOST_PAGES:
            content, kind = self._pages(cards)
            if content:
                files.append((f"{name}.{kind}", content))
        return files

    def _pages(self, cards):
        """Return the scorecards on paper; without a printer the mail goes without."""
        try:
            return self.env["ir.actions.report"]._render_qweb_pdf(REPORT, cards.ids)
        except UserError as error:
            _logger.warning(
                "%s is sent without PDF", self.evaluation.name, exc_info=True
            )
            self.remarks.append(
                self.env._("The results were sent without a PDF: %s", str(error))
            )
            return None, None
