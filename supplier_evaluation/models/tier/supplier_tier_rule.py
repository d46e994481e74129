from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...scoring.following.abc import CLASSES
from ...tools.numbers import number
from ...tools.optional_numbers import OptionalFloat, OptionalInteger
from ..certification.status import IN_FORCE
from .supplier_tier_figure import ABC


class SupplierTierRule(models.Model):
    """Which suppliers belong into a tier: the first rule that fits says it."""

    _name = "supplier.tier.rule"
    _inherit = ["supplier.shared.mixin", "supplier.setup.mixin"]
    _description = "Tier Rule"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", help="Empty: of every company.")
    tier_id = fields.Many2one("supplier.tier", required=True, ondelete="restrict")
    abc_spend = fields.Selection(
        ABC, string="By Spend at Least", help="B: suppliers of class A or B."
    )
    abc_orders = fields.Selection(ABC, string="By Orders at Least")
    min_spend_share = OptionalFloat(
        string="Share of Spend at Least (%)", digits=(5, 2), aggregator=None
    )
    single_source = fields.Selection(
        [("yes", "Only Source of a Product"), ("no", "Others for Every Product")],
        string="Sources",
    )
    max_substitutes = OptionalInteger(string="Substitutes at Most", aggregator=None)
    min_score = OptionalFloat(string="Score at Least", digits=(5, 2), aggregator=None)
    max_score = OptionalFloat(string="Score Below", digits=(5, 2), aggregator=None)
    certification = fields.Selection(
        [("held", "In Force"), ("not_held", "Not in Force")]
    )

    @api.constrains("min_score", "max_score")
    def _check_scores(self):
        for rule in self:
            if (
                rule.min_score is not False
                and rule.max_score is not False
                and rule.min_score >= rule.max_score
            ):
                raise ValidationError(
                    self.env._(
                        "No score fits the rule “%s”: “at least” is not below “below”.",
                        rule.name,
                    )
                )

    # ------------------------------------------------------------
    # Proposing
    # ------------------------------------------------------------

    @api.model
    def _propose_tiers(self, company):
        """Propose a tier for each supplier whose tier is not what the rules say.

        :param company: whose suppliers, and whose figures
        :return: the proposals that are new
        """
        # Nobody is moved into a tier that is no longer used.
        rules = self.search(
            [("company_id", "in", [company.id, False]), ("tier_id.active", "=", True)]
        )
        figures = self.env["supplier.tier.figure"].search(
            [("company_id", "=", company.id), ("partner_id.active", "=", True)]
        )
        wanted = {}
        for figure in figures:
            for rule in rules:
                words = rule._fits(figure)
                if words is not None:
                    wanted[figure.partner_id] = (rule, words, rule._basis(figure))
                    break
        return self.env["supplier.tier.proposal"]._propose_by_rules(company, wanted)

    def _fits(self, figure):
        """Return why a supplier belongs here, in words, or None if it does not.

        :return: list of sentences, one for each condition
        """
        self.ensure_one()
        reasons = []
        for condition in (
            self._fits_abc,
            self._fits_share,
            self._fits_sources,
            self._fits_score,
            self._fits_certification,
        ):
            words = condition(figure)
            if words is None:
                return None
            reasons += words
        return reasons

    def _fits_abc(self, figure):
        words = []
        if self.abc_spend:
            if not _at_least(figure.abc_spend, self.abc_spend):
                return None
            words.append(self._share_in_words(figure))
        if self.abc_orders:
            if not _at_least(figure.abc_orders, self.abc_orders):
                return None
            words.append(
                self.env._(
                    "%(letter)s by orders: %(orders)s in the year",
                    letter=figure.abc_orders.upper(),
                    orders=figure.order_count,
                )
            )
        if not words:
            # Whoever sold nothing belongs nowhere.
            if not figure.abc_spend:
                return None
            words.append(self._share_in_words(figure))
        return words

    def _share_in_words(self, figure):
        return self.env._(
            "%(letter)s by spend: %(share)s %% of the year",
            letter=figure.abc_spend.upper(),
            share=number(self.env, figure.spend_share),
        )

    def _fits_share(self, figure):
        if self.min_spend_share is False:
            return []
        if figure.spend_share < self.min_spend_share:
            return None
        return [
            self.env._(
                "%s %% of the year's spend", number(self.env, figure.spend_share)
            )
        ]

    def _fits_sources(self, figure):
        words = []
        if self.single_source == "yes":
            if not figure.single_source_count:
                return None
            words.append(
                self.env._(
                    "the only approved source of %s products",
                    figure.single_source_count,
                )
            )
        elif self.single_source == "no":
            if figure.single_source_count or figure.substitute_count is False:
                return None
            words.append(self.env._("others have every one of its products"))
        if self.max_substitutes is not False:
            if (
                figure.substitute_count is False
                or figure.substitute_count > self.max_substitutes
            ):
                return None
            words.append(self.env._("substitutes: %s", figure.substitute_count))
        return words

    def _fits_score(self, figure):
        if self.min_score is False and self.max_score is False:
            return []
        score = figure.score
        # No data is neither high nor low.
        if score is False:
            return None
        if self.min_score is not False and score < self.min_score:
            return None
        if self.max_score is not False and score >= self.max_score:
            return None
        return [self.env._("score %s", number(self.env, score))]

    def _fits_certification(self, figure):
        if not self.certification:
            return []
        held = figure.certification in IN_FORCE
        if held != (self.certification == "held"):
            return None
        if held:
            return [self.env._("its certification is in force")]
        return [self.env._("no certification is in force")]

    def _basis(self, figure):
        """Return what a proposal rests on, without numbers: whether it is the same."""
        self.ensure_one()
        return "|".join(
            str(part)
            for part in (
                self.id,
                figure.abc_spend,
                figure.abc_orders,
                bool(figure.single_source_count),
                figure.certification in IN_FORCE,
            )
        )


def _at_least(letter, wanted):
    return bool(letter) and CLASSES.index(letter) <= CLASSES.index(wanted)
