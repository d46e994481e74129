from odoo import api, models
from odoo.exceptions import UserError

MOST = 5


class SupplierScorecard(models.Model):
    """Two to five suppliers side by side."""

    _inherit = "supplier.scorecard"

    def action_compare(self):
        """Open the scorecards side by side.

        :raises UserError: there are fewer than two, or too many for one screen
        """
        self._check_comparable()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "supplier_evaluation.supplier_compare_action"
        )
        return {**action, "params": {"card_ids": self.ids}}

    def _check_comparable(self):
        if not 2 <= len(self) <= MOST:
            raise UserError(
                self.env._("Select two to %s scorecards to compare them.", MOST)
            )

    @api.model
    @api.readonly
    def retrieve_comparison(self, card_ids):
        """Return scorecards side by side: their dimensions and KPIs as rows.

        :param list card_ids: two to five scorecards
        :return: ``{"cards": list, "dimensions": list, "kpis": list, "grades": list}``;
            a row has ``key``, ``label`` and ``cells`` by the id of the scorecard, which
            is text, as JSON has it
        :raises UserError: there are fewer than two scorecards, or too many
        :raises AccessError: the user may not read one of them
        """
        cards = self.browse(dict.fromkeys(card_ids)).exists()
        cards.check_access("read")
        cards._check_comparable()
        return {
            "cards": [card._compared() for card in cards],
            "dimensions": cards._compared_dimensions(),
            "kpis": cards._compared_kpis(),
            "grades": self._described_grades(self.env["supplier.grade"]._best_first()),
        }

    def _compared(self):
        self.ensure_one()
        return {
            "id": self.id,
            "name": self.partner_id.sudo().display_name,
            "period": self.period_label,
            "template": self.evaluation_id._template_name(),
            "company": self.company_id.name,
            "score": self.score if self.has_score else None,
            "grade_id": self.grade_id.id,
            "provisional": self.provisional,
        }

    def _compared_dimensions(self):
        labels = dict(
            self.dimension_ids._fields["dimension"]._description_selection(self.env)
        )
        rows = {}
        for part in self.dimension_ids:
            row = rows.setdefault(part.dimension, {})
            row[str(part.scorecard_id.id)] = {
                "id": part.id,
                "score": part.score if part.has_score else None,
                "low": part.score_low if part.has_score else None,
                "high": part.score_high if part.has_score else None,
                "weight": part.weight,
            }
        return [
            {"key": name, "label": label, "cells": rows[name]}
            for name, label in labels.items()
            if name in rows
        ]

    def _compared_kpis(self):
        rows = {}
        for line in self.line_ids:
            row = rows.setdefault(line.kpi_id, {})
            row[str(line.scorecard_id.id)] = {
                "id": line.id,
                "score": line.score if line.score is not False else None,
                "value": line.value_text,
            }
        return [
            {
                "key": kpi.id,
                "label": kpi.name,
                "cells": rows[kpi],
            }
            for kpi in sorted(rows, key=lambda kpi: (kpi.sequence, kpi.id))
        ]
