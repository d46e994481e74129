from odoo import fields, models

from ....tools.optional_numbers import OptionalFloat

OVERRIDDEN, RESTORED = "overridden", "restored"
HELD_BACK, RELEASED = "held_back", "released"


class SupplierAdjustment(models.Model):
    """Scores that somebody overrode, scorecards that were not to be published."""

    _inherit = "supplier.adjustment"

    kind = fields.Selection(
        selection_add=[
            (OVERRIDDEN, "Score overridden"),
            (RESTORED, "Computed score restored"),
            (HELD_BACK, "Held back"),
            (RELEASED, "Released"),
        ],
        ondelete=dict.fromkeys((OVERRIDDEN, RESTORED, HELD_BACK, RELEASED), "cascade"),
    )
    # A draft may be deleted, and what was changed in it stays known.
    evaluation_id = fields.Many2one(
        "supplier.evaluation",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    kpi_id = fields.Many2one(
        "supplier.kpi", string="KPI", readonly=True, ondelete="restrict"
    )
    score_from = OptionalFloat(
        string="Computed Score", readonly=True, digits=(5, 2), aggregator=None
    )
    score_to = OptionalFloat(
        string="Score Instead", readonly=True, digits=(5, 2), aggregator=None
    )

    def _kinds_with_evidence(self):
        return super()._kinds_with_evidence() | {OVERRIDDEN}

    def _in_words(self):
        return [
            {**words, "from": row.score_from, "to": row.score_to}
            if row.kind == OVERRIDDEN
            else words
            for row, words in zip(self, super()._in_words(), strict=True)
        ]
