from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.supplier_evaluation.tools.numbers import number
from odoo.addons.supplier_evaluation.tools.optional_numbers import OptionalFloat
from odoo.addons.supplier_evaluation.tools.wording import labelled

from ...weighing import rate
from .supplier_choice_criterion_mixin import MOST, as_typed, is_too_great


class SupplierChoiceScore(models.Model):
    """What is known of one candidate by one requirement, and why."""

    _name = "supplier.choice.score"
    _inherit = ["supplier.choice.part.mixin", "supplier.optional.numbers.mixin"]
    _description = "Score of a Candidate"
    _order = "choice_id, criterion_id, candidate_id, id"

    criterion_id = fields.Many2one(
        "supplier.choice.criterion",
        string="Requirement",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    candidate_id = fields.Many2one(
        "supplier.choice.candidate",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    source = fields.Selection(related="criterion_id.source")
    unit = fields.Char(related="criterion_id.unit")
    system_figure = OptionalFloat(
        string="From the Records",
        digits=(16, 2),
        readonly=True,
        aggregator=None,
        help="Empty: nothing is known, or people type it in.",
    )
    own_figure = OptionalFloat(
        string="Typed In",
        digits=(16, 2),
        aggregator=None,
        help="Points or the figure. Over what the records say, it needs a reason.",
    )
    figure = OptionalFloat(
        digits=(16, 2),
        compute="_compute_figure",
        store=True,
        aggregator=None,
        help="What was typed in, or else what the records say.",
    )
    is_over_offer = fields.Boolean(
        string="Stands Over the Offer",
        readonly=True,
        copy=False,
        help="It was typed in when the offer had a figure, and stands over it.",
    )
    reason = fields.Char(string="Why", help="What the figure rests on.")
    score = OptionalFloat(
        digits=(16, 2),
        compute="_compute_score",
        store=True,
        aggregator=None,
        help="0 to 100. Empty where nothing is known: that is never 0.",
    )

    _one_of_each = models.UniqueIndex(
        "(criterion_id, candidate_id)",
        "There is a score of this candidate by this requirement already.",
    )

    # ------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {
            "criterion_id",
            "candidate_id",
            "system_figure",
            "is_over_offer",
            "figure",
            "score",
        }

    @api.constrains("own_figure", "reason")
    def _check_reason(self):
        for cell in self:
            is_over = cell.own_figure is not False and cell.source != "typed"
            if is_over and not (cell.reason or "").strip():
                raise ValidationError(
                    self.env._(
                        "“%(requirement)s” of %(candidate)s comes from the records: "
                        "say why you type in another figure.",
                        requirement=cell.criterion_id.name,
                        candidate=cell.candidate_id.display_name,
                    )
                )

    @api.constrains("own_figure")
    def _check_figure(self):
        for cell in self.filtered(lambda one: one.own_figure is not False):
            criterion = cell.criterion_id
            figure = cell.own_figure
            if is_too_great(figure):
                raise ValidationError(
                    self.env._(
                        "“%(requirement)s” has figures up to %(most)s: check them, or "
                        "take a larger unit.",
                        requirement=criterion.name,
                        most=number(self.env, MOST, 0),
                    )
                )
            if criterion.rating == "points" and not 0 <= figure <= criterion.best:
                problem = self.env._(
                    "“%(requirement)s” of %(candidate)s has points from 0 to %(best)s.",
                    requirement=criterion.name,
                    candidate=cell.candidate_id.display_name,
                    best=as_typed(self.env, criterion.best),
                )
                raise ValidationError(problem)
            is_none = figure < 0 or (figure == 0 and criterion.rating == "lowest")
            if criterion.rating in ("lowest", "highest") and is_none:
                problem = self.env._(
                    "“%(requirement)s” of %(candidate)s is rated in proportion: enter "
                    "a figure above 0, or rate it between two figures.",
                    requirement=criterion.name,
                    candidate=cell.candidate_id.display_name,
                )
                raise ValidationError(problem)

    # ------------------------------------------------------------
    # What was typed in
    # ------------------------------------------------------------

    def write(self, vals):
        """Note whether what is typed in stands over an offer, or fills a gap."""
        result = super().write(vals)
        if "own_figure" in vals:
            for cell in self:
                is_typed = cell.own_figure is not False
                is_over = is_typed and cell.system_figure is not False
                if cell.is_over_offer != is_over:
                    cell.sudo()._write_guarded({"is_over_offer": is_over})
        return result

    def _typed_in_words(self):
        """Return ``{cell: sentence}`` of what was typed in, to be said later."""
        said = {}
        for cell in self.filtered(lambda one: one.own_figure is not False):
            said[cell] = labelled(self.env, cell.display_name, cell._figure_in_words())
            if cell.reason:
                said[cell] += f" ({cell.reason})"
        return said

    def _forget_typed(self, said):
        """Empty what was typed in of something else, and why; the chatter keeps it.

        :param said: as ``_typed_in_words`` said it, before anything else changed
        """
        typed = self.filtered(lambda cell: cell in said)
        self.write({"own_figure": False, "reason": False})
        for choice, cells in typed.grouped("choice_id").items():
            rows = Markup().join(Markup("<li>%s</li>") % said[cell] for cell in cells)
            choice.sudo()._message_log(
                body=Markup("<p>%s</p><ul>%s</ul>")
                % (self.env._("What was typed in does not count any more:"), rows)
            )

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("criterion_id.name", "candidate_id.display_name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for cell in self:
            criterion, offer = cell.criterion_id.name, cell.candidate_id.display_name
            both = criterion and offer
            cell.display_name = (
                labelled(self.env, criterion, offer) if both else criterion or offer
            )

    @api.depends("own_figure", "system_figure")
    def _compute_figure(self):
        for cell in self:
            is_own = cell.own_figure is not False
            cell.figure = cell.own_figure if is_own else cell.system_figure

    @api.depends(
        "criterion_id.score_ids.figure",
        "criterion_id.rating",
        "criterion_id.worst",
        "criterion_id.best",
    )
    def _compute_score(self):
        """Rate the figures of all candidates together: some are in proportion."""
        for criterion, own in self.grouped("criterion_id").items():
            cells = criterion.score_ids | own
            figures = [None if cell.figure is False else cell.figure for cell in cells]
            scores = rate(criterion.rating, figures, criterion.worst, criterion.best)
            for cell, score in zip(cells, scores, strict=True):
                if cell in own:
                    cell.score = False if score is None else score
