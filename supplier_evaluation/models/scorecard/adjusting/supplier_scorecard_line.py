from odoo import fields, models

from .supplier_adjustment import OVERRIDDEN, RESTORED


class SupplierScorecardLine(models.Model):
    """An override is written down, with the score that was computed."""

    _inherit = "supplier.scorecard.line"

    override_evidence_ids = fields.Many2many(
        "ir.attachment",
        "supplier_scorecard_line_evidence_rel",
        string="Evidence",
        help="What shows that the other score is right: a mail, a photo, a delivery "
        "note.",
    )

    def _override_fields(self):
        return super()._override_fields() | {"override_evidence_ids"}

    def _apply_override(self):
        result = super()._apply_override()
        register = self.env["supplier.adjustment"]
        for line in self:
            evidence = line.override_evidence_ids
            register._append_with_evidence(
                [line.sudo()._adjustment_vals()],
                evidence if line.is_overridden else evidence.browse(),
            )
        return result

    def _adjustment_vals(self):
        self.ensure_one()
        return {
            "partner_id": self.partner_id.id,
            "company_id": self.company_id.id,
            "kind": OVERRIDDEN if self.is_overridden else RESTORED,
            "evaluation_id": self.evaluation_id.id,
            "kpi_id": self.kpi_id.id,
            "res_model": "supplier.scorecard",
            "res_id": self.scorecard_id.id,
            "record_name": f"{self.kpi_id.name}, {self.evaluation_id.name}",
            "score_from": self.computed_score,
            "score_to": self.score,
            "favour": self._override_favour(),
            "reason": self.override_reason,
        }

    def _override_favour(self):
        """Return whom the score that stands there now is better for."""
        if not self.is_overridden or self.score == self.computed_score:
            return "unknown"
        return "supplier" if self.score > self.computed_score else "company"
