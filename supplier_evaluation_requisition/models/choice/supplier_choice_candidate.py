from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.supplier_evaluation.models.gate.verdict import LEVELS
from odoo.addons.supplier_evaluation.tools.optional_numbers import (
    OptionalFloat,
    OptionalInteger,
)
from odoo.addons.supplier_evaluation.tools.wording import listed, qualified

from ...weighing import ranks, weigh
from .supplier_choice_criterion_mixin import as_typed

#: What comes from an offer, and not from what is known of its supplier.
OF_OFFER = ("price", "cost", "lateness")


class SupplierChoiceCandidate(models.Model):
    """Who may be chosen, with an offer or without one."""

    _name = "supplier.choice.candidate"
    _inherit = ["supplier.choice.part.mixin", "supplier.optional.numbers.mixin"]
    _description = "Candidate of a Requirement List"
    _order = "choice_id, rank, id"
    _rec_name = "partner_id"
    _check_company_auto = True

    partner_id = fields.Many2one(
        "res.partner",
        string="Supplier",
        required=True,
        check_company=True,
        ondelete="restrict",
        index=True,
    )
    order_id = fields.Many2one(
        "purchase.order",
        string="Offer",
        check_company=True,
        ondelete="set null",
        index="btree_not_null",
        help="The request for quotation whose price and date are compared.",
    )
    order_state = fields.Selection(related="order_id.state", string="Offer Status")
    price_read = OptionalFloat(
        string="Price Compared",
        digits=(16, 2),
        readonly=True,
        copy=False,
        aggregator=None,
        help="Of the offer, when the figures were read.",
    )
    less = fields.Json(
        string="Offers Less Of",
        readonly=True,
        copy=False,
        help="Of which products others offer more, when the figures were read: then "
        "price and cost are not compared.",
    )
    score_ids = fields.One2many(
        "supplier.choice.score", "candidate_id", string="Scores", readonly=True
    )
    score = OptionalFloat(
        string="Weighted Score",
        digits=(16, 2),
        compute="_compute_ranking",
        store=True,
        aggregator=None,
        help="The scores times their weights. While some are missing, of those that "
        "are known: then there is no rank.",
    )
    coverage = fields.Float(
        string="Known",
        compute="_compute_ranking",
        store=True,
        aggregator=None,
        help="Share of the weights of which a score is known.",
    )
    rank = OptionalInteger(
        compute="_compute_ranking",
        store=True,
        aggregator=None,
        help="Only who has all scores is ranked.",
    )
    missing = fields.Char(
        string="Still Missing",
        compute="_compute_missing",
        help="Requirements of which nothing is known of this candidate.",
    )
    gate_level = fields.Selection(
        LEVELS,
        string="Purchase Policy",
        compute="_compute_gate_level",
        help="What is said when an order to this supplier is confirmed today.",
    )

    # ------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------

    @api.model
    def _guarded_fields(self):
        guarded = {"price_read", "less", "score_ids", "score", "coverage", "rank"}
        return super()._guarded_fields() | guarded

    @api.constrains("choice_id", "partner_id", "order_id")
    def _check_one_of_each(self):
        """Take nobody twice with the same offer.

        Not by an index: vendors are merged and offers deleted, also where both are in
        a list that is decided and does not change any more.
        """
        for candidate in self:
            twins = candidate.choice_id.candidate_ids.filtered(
                lambda one, own=candidate: (
                    one.partner_id == own.partner_id and one.order_id == own.order_id
                )
            )
            if len(twins) > 1:
                raise ValidationError(
                    self.env._(
                        "%(candidate)s is a candidate of “%(choice)s” already: add "
                        "another offer of theirs, or remove one.",
                        candidate=candidate.display_name,
                        choice=candidate.choice_id.title,
                    )
                )

    @api.constrains("partner_id", "order_id")
    def _check_offer(self):
        for candidate in self:
            offer = candidate.order_id.sudo()
            vendor = offer.partner_id.commercial_partner_id
            if offer and vendor != candidate.partner_id.commercial_partner_id:
                raise ValidationError(
                    self.env._(
                        "%(order)s is an offer of %(vendor)s, not of %(candidate)s: "
                        "choose one of theirs.",
                        order=offer.name,
                        vendor=vendor.display_name,
                        candidate=candidate.partner_id.display_name,
                    )
                )

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("partner_id", "order_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for candidate in self:
            names = (candidate.partner_id.display_name, candidate.order_id.sudo().name)
            candidate.display_name = qualified(self.env, filter(None, names))

    @api.depends(
        "choice_id.candidate_ids.score_ids.score",
        "choice_id.criterion_ids.weight",
    )
    def _compute_ranking(self):
        """Weigh all candidates of a list together: a rank is one among them."""
        for choice, own in self.grouped("choice_id").items():
            everybody = choice.candidate_ids | own
            criteria = choice.criterion_ids.filtered(lambda one: one.weight > 0)
            composites = [
                weigh(criteria.mapped("weight"), candidate._scores(criteria))
                for candidate in everybody
            ]
            for candidate, composite, rank in zip(
                everybody, composites, ranks(composites), strict=True
            ):
                if candidate in own:
                    known = composite.score
                    candidate.score = False if known is None else known
                    candidate.coverage = composite.coverage
                    candidate.rank = rank or False

    @api.depends("score_ids.score", "less")
    @api.depends_context("lang")
    def _compute_missing(self):
        products = self._names_of_less()
        for candidate in self:
            missing = candidate.score_ids.filtered(lambda cell: cell.score is False)
            names = missing.criterion_id.sorted("sequence").mapped("name")
            candidate.missing = listed(self.env, names)
            if candidate.less and {"price", "cost"} & set(missing.mapped("source")):
                candidate.missing = self.env._(
                    "%(missing)s (offers less than others: %(less)s)",
                    missing=candidate.missing,
                    less=listed(self.env, candidate._less_in_words(products)),
                )

    def _names_of_less(self):
        """Return ``{product id: name}`` of what they offer less of, if it exists."""
        ids = {product_id for one in self for product_id, *_rest in one.less or ()}
        products = self.env["product.product"].sudo().browse(ids).exists()
        return {product.id: product.display_name for product in products}

    def _less_in_words(self, names):
        """Yield of each product how much is offered, and how much by others.

        :param dict names: of the products, by their ids
        """
        self.ensure_one()
        for product_id, *quantities in self.less:
            own, most = (as_typed(self.env, quantity) for quantity in quantities)
            yield self.env._(
                "%(product)s %(own)s of %(most)s",
                product=names.get(product_id, "?"),
                own=own,
                most=most,
            )

    @api.depends("partner_id")
    @api.depends_context("company")
    def _compute_gate_level(self):
        for company, candidates in self.grouped("company_id").items():
            vendors = candidates.partner_id.with_company(company)
            choices = vendors._supplier_choices() if vendors else {}
            for one in candidates:
                level = choices.get(one.partner_id.id, {}).get("level")
                one.gate_level = level or False

    def _scores(self, criteria):
        """Return the scores by criteria, in their order; ``None``: not known."""
        known = {cell.criterion_id: cell.score for cell in self.score_ids}
        scores = [known.get(criterion, False) for criterion in criteria]
        return [None if score is False else score for score in scores]

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Give each a score of every requirement, to be filled in."""
        candidates = super().create(vals_list)
        candidates.choice_id._make_scores()
        return candidates

    def write(self, vals):
        """Another offer has other figures, and nobody has what was of somebody else."""
        before = {one: one._vendor_and_offer() for one in self}
        # As it was called before.
        said = self.score_ids._typed_in_words()
        result = super().write(vals)
        # After a choice, who is chosen is asked for the offer: that changes nothing.
        if {"partner_id", "order_id"} & vals.keys() and not self._is_unguarded():
            self._forget_figures_of(before, said)
            self.choice_id._fill()
        return result

    def _vendor_and_offer(self):
        return self.partner_id.commercial_partner_id, self.order_id

    def _forget_figures_of(self, before, said):
        """Empty what was typed in of another supplier, or over another offer.

        What was typed in while nothing was known stays until the offer has a figure.

        :param before: ``{candidate: (supplier, offer)}``, as it was
        :param said: what was typed in, in words
        """
        for candidate in self:
            vendor, offer = candidate._vendor_and_offer()
            cells = candidate.score_ids
            if vendor != before[candidate][0]:
                candidate._take_back()
            elif offer != before[candidate][1]:
                cells = cells.filtered(
                    lambda cell: (
                        cell.source in OF_OFFER
                        and (cell.is_over_offer or cell.system_figure is not False)
                    )
                )
            else:
                continue
            cells._forget_typed(said)

    def _take_back(self):
        """Unmark those of them that were to be chosen."""
        choices = self.choice_id
        choices.filtered(lambda one: one.candidate_id in self).candidate_id = False

    def unlink(self):
        """Delete the scores first: those of others are in proportion to them."""
        self.choice_id._check_open()
        self._take_back()
        self.score_ids.sudo().unlink()
        choices = self.choice_id
        result = super().unlink()
        # What the others offer may be all there is by now.
        choices._fill()
        return result

    def action_take(self):
        """Mark this one as the one to be chosen."""
        self.ensure_one()
        self.choice_id.candidate_id = self
