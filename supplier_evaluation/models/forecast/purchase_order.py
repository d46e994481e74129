from math import prod

from odoo import api, fields, models

from ...tools.groups import USER_GROUP
from ...tools.numbers import number
from ...tools.wording import sentences
from .purchase_order_line import WRITTEN
from .supplier_delivery_forecast import FEW


class PurchaseOrder(models.Model):
    """Says on a request or order how probable it is that it comes late."""

    _inherit = "purchase.order"

    late_hint = fields.Text(
        string="Expected Late",
        compute="_compute_late_hint",
        compute_sudo=False,
        groups=USER_GROUP,
    )

    is_late_known = fields.Boolean(
        string="Lateness Known",
        compute="_compute_late_hint",
        compute_sudo=False,
        groups=USER_GROUP,
    )

    @api.depends(
        "state",
        "order_line.late_probability",
        "order_line.late_days",
        "order_line.late_few_deliveries",
    )
    @api.depends_context("lang")
    def _compute_late_hint(self):
        for order in self:
            order.late_hint = order._late_in_words()
            order.is_late_known = any(
                line.late_probability is not False for line in order.order_line
            )

    def _late_in_words(self):
        """Say how probable it is that something of the order comes late.

        At least one line is late with 1 − (1 − p1)(1 − p2)…, were each late on its own.
        Lines of one supplier may well come together: then it is as probable as the
        most probable line, which is where the interval begins.
        """
        self.ensure_one()
        lines = self.order_line.filtered(lambda one: one.late_probability is not False)
        if not lines:
            return self._nothing_known_in_words()
        words = {
            "share": _percent(self.env, one_of(lines.mapped("late_probability"))),
            "low": _percent(self.env, max(lines.mapped("late_low"))),
            "high": _percent(self.env, one_of(lines.mapped("late_high"))),
            "count": len(lines),
        }
        days = [line.late_days for line in lines if line.late_days is not False]
        latest = number(self.env, max(days)) if days else ""
        said = self._of_one_late if len(lines) == 1 else self._of_several_late
        texts = said(words, latest)
        few = [
            line.late_few_deliveries
            for line in lines
            if line.late_few_deliveries is not False
        ]
        if few:
            texts.append(
                self.env._(
                    "Too few deliveries of the supplier are known (%(count)s, of "
                    "%(least)s that it takes): it rests on others mostly.",
                    count=int(few[0]),
                    least=FEW,
                )
            )
        return sentences(self.env, texts)

    def _of_several_late(self, words, latest):
        """Return the sentences of an order of several lines.

        :param str latest: days by which the latest one is late, where they are known
        """
        share = self.env._(
            "Expected late: at least one of %(count)s lines with a probability of "
            "%(share)s %% (%(low)s to %(high)s %%).",
            **words,
        )
        if not latest:
            return [share]
        days = self.env._("Expected days late, of the latest line: %s.", latest)
        return [share, days]

    def _of_one_late(self, words, latest):
        """Return the same sentences of an order of one line."""
        share = self.env._(
            "Expected late with a probability of %(share)s %% "
            "(%(low)s to %(high)s %%).",
            **words,
        )
        if not latest:
            return [share]
        return [share, self.env._("Expected days late: %s.", latest)]

    def _nothing_known_in_words(self):
        """Say that nothing is known, where something is to be ordered."""
        own = self.sudo().order_line
        if self.state in WRITTEN and any(line._as_open_line() for line in own):
            return self.env._(
                "Too few deliveries are known to tell how probable it is that it comes "
                "late. Forecasts are learned by night."
            )
        return False


def one_of(probabilities):
    """Return how probable at least one is, were each on its own.

    >>> one_of([0.5, 0.5])
    0.75
    """
    return 1 - prod(1 - probability for probability in probabilities)


def _percent(env, share):
    return number(env, 100 * share, 0)
