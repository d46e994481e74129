from odoo import models

from ...forecast import project_days, project_share

# How open lines are projected, by what of the delivery facts a KPI adds up, and by what
# the figure is multiplied. That a line comes in full is part of the probability.
PROJECTIONS = {
    "on_time_weighted": (project_share, 100.0),
    "otif_weighted": (project_share, 100.0),
    "days_late_weighted": (project_days, 1.0),
}


class SupplierScorecardLine(models.Model):
    """What a KPI of a running period is expected to end with."""

    _inherit = "supplier.scorecard.line"

    def _project(self, lines):
        """Return what the figure is expected to end with: value, low and high.

        :param lines: that are still to come
        :return: in the unit of the KPI; ``None``: it is not projected
        """
        self.ensure_one()
        if self.is_overridden or not _is_of_all_deliveries(self.kpi_id):
            return None
        project, factor = PROJECTIONS[self.kpi_id.numerator]
        so_far = (self.numerator, self.denominator) if self.has_value else (0.0, 0.0)
        found = project(*so_far, lines)
        return found and tuple(factor * value for value in found[:3])


def _is_of_all_deliveries(kpi):
    """Whether it is a weighted mean of all deliveries, not of some of them."""
    return (
        kpi.fact_model == "supplier.delivery.fact"
        and kpi.aggregator == "ratio"
        and kpi.denominator == "weight"
        and kpi.numerator in PROJECTIONS
        and kpi.domain.replace(" ", "") == "[]"
    )
