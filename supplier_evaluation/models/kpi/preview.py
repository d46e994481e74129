from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from ...scoring import FactScope
from .supplier_kpi import DEFINING_FIELDS

# So many suppliers are shown at either end.
SHOWN = 10


class SupplierKpi(models.Model):
    """Who would be best and worst by a KPI, before it is saved."""

    _inherit = "supplier.kpi"

    preview_months = fields.Selection(
        selection=[
            ("1", "The month up to today"),
            ("3", "Three months up to today"),
            ("12", "Twelve months up to today"),
        ],
        string="Preview",
        store=False,
        help="Shows the best and the worst suppliers by this definition. Nothing is "
        "saved.",
    )
    preview = fields.Json(string="Best and Worst", compute="_compute_preview")

    @api.depends("preview_months", "unit", "higher_is_better", *DEFINING_FIELDS)
    def _compute_preview(self):
        for kpi in self:
            kpi.preview = kpi._preview() if kpi.preview_months else False

    def _preview(self):
        """Return the best and the worst suppliers, or why there are none.

        It reads with the user's own rights.

        :return: dict with ``problem``, or with ``count``, ``best`` and ``worst``: rows
            of ``name``, ``value`` and ``n``
        """
        self.ensure_one()
        problem = self._problem_now()
        if problem:
            return {"problem": problem}
        problems = []
        measures = self._measure(self._preview_scope(), problems)
        if problems:
            return {"problem": problems[0][1]}
        measured = [
            (answers[self.code or ""], partner_id)
            for partner_id, answers in measures.items()
            if answers[self.code or ""].has_value
        ]
        measured.sort(key=lambda row: row[0].value, reverse=self.higher_is_better)
        best = measured[:SHOWN]
        worst = measured[len(best) :][-SHOWN:][::-1]
        return {
            "count": len(measured),
            "best": self._preview_rows(best),
            "worst": self._preview_rows(worst),
        }

    def _preview_scope(self):
        company = self.env.company
        now = fields.Datetime.now()
        today = company._supplier_day(now)
        months = relativedelta(months=int(self.preview_months))
        return FactScope(
            company_id=company.id,
            date_from=today - months + timedelta(days=1),
            date_to=today,
            cutoff=now,
            tz=company._supplier_tz(),
        )

    def _preview_rows(self, measured):
        partners = self.env["res.partner"].browse(row[1] for row in measured)
        return [
            {
                "id": partner.id,
                "name": partner.display_name,
                "value": measure.value,
                "n": measure.n,
            }
            for partner, (measure, _id) in zip(partners, measured, strict=True)
        ]
