from dateutil.relativedelta import relativedelta

from odoo import Command, api, fields, models
from odoo.tools import consteq

from ...scoring import review_score
from .asking import KEY_BYTES

KEY_LENGTH = KEY_BYTES * 4 // 3
LONGEST_TOKEN = 200
#: How long a link is good after the day until which it was to be answered.
AFTER_DUE = relativedelta(months=1)


class SupplierCustomerReview(models.Model):
    """What comes by the link: somebody without a login answers, once."""

    _inherit = "supplier.customer.review"

    @api.model
    def _find_by_token(self, token):
        """Return the record that a link opens, with full rights; empty: none.

        :param str token: what somebody sent as one
        """
        reviews, token = self.sudo(), token or ""
        if not token.isascii() or len(token) > LONGEST_TOKEN or "\0" in token:
            return reviews.browse()
        review = reviews.search([("token_key", "=", token[:KEY_LENGTH])], limit=1)
        # Compared with something in any case.
        secret = review.token_secret or "-"
        is_right = consteq(secret, token[KEY_LENGTH:])
        is_good = review and is_right and review._is_open_to_answer()
        return review if is_good else reviews.browse()

    def _is_open_to_answer(self):
        """Whether the link is good: open, not too old, and the person still outside."""
        self.ensure_one()
        today = self.company_id._supplier_day(fields.Datetime.now())
        return bool(
            self.state == "open"
            and today <= self.date_due + AFTER_DUE
            and self.company_id.active
            and self.respondent_id.active
            and self.respondent_id.commercial_partner_id != self.commercial_partner_id
        )

    def _submit(self, vals, comment):
        """Keep what the person says, once.

        :param dict vals: values of the answers by their ids, checked by the page
        :param str comment: what they say besides
        :return: whether it was kept; not so when it was answered meanwhile
        """
        self.ensure_one()
        # Of two who send at once, the second one begins anew, and finds it answered.
        self._take_turns()
        if not self._is_open_to_answer():
            return False
        own = self._unguarded()
        own.write(
            {
                "answer_ids": [
                    Command.update(answer.id, vals[answer.id])
                    for answer in self.answer_ids
                ],
                "comment": comment,
            }
        )
        score = self._answered_score()
        own.with_context(tracking_disable=True).write(
            {
                "state": "done",
                "date_done": fields.Datetime.now(),
                "score": score,
                "has_score": score is not None,
            }
        )
        lang = self._language(self.user_id.lang, self.company_id)
        texts = self.with_context(lang=lang)
        person = self.respondent_id
        self._message_log(
            body=texts.env._("%s has answered.", person.display_name),
            author_id=person.id,
        )
        return True

    def _answered_score(self):
        """Return 0 to 100, or None if nothing could be judged."""
        self.ensure_one()
        return review_score(
            (answer.weight, answer.value if answer.state == "answered" else None)
            for answer in self.answer_ids
        )
