from typing import NamedTuple

from odoo import models

from ...forecast import project_days, project_share

# How open lines are projected, by what of the delivery facts a KPI adds up, which of
# their probabilities counts, and by what the figure is multiplied. That a line comes in
# full is part of the probability; days late know no tolerance.
PROJECTIONS = {
    "on_time_weighted": (project_share, "too_late", 100.0),
    "otif_weighted": (project_share, "too_late", 100.0),
    "days_late_weighted": (project_days, "late", 1.0),
}


class ToCome(NamedTuple):
    """What a running period will count of a supplier, but does not yet.

    :param ids: the delivery facts
    :param came: sums of what came in full already, by their name, and of its weight
    :param came_count: how many lines came in full
    :param too_late: open lines, with the probability to be later than the tolerance
    :param late: open lines, with the probability to be late at all
    """

    ids: list
    came: dict
    came_count: int
    too_late: list
    late: list


class SupplierScorecardLine(models.Model):
    """What a KPI of a running period is expected to end with."""

    _inherit = "supplier.scorecard.line"

    def _project(self, lines):
        """Return what the figure is expected to end with: value, low and high.

        :param ToCome lines: what is still to come
        :return: in the unit of the KPI; ``None``: it is not projected
        """
        self.ensure_one()
        if self.is_overridden or not _is_of_all_deliveries(self.kpi_id):
            return None
        project, kind, factor = PROJECTIONS[self.kpi_id.numerator]
        total, weight = lines.came[self.kpi_id.numerator], lines.came["weight"]
        if self.has_value:
            total, weight = total + self.numerator, weight + self.denominator
        found = project(total, weight, getattr(lines, kind))
        if not found or not (found.count or lines.came_count):
            return None
        return tuple(factor * value for value in found[:3])


def _is_of_all_deliveries(kpi):
    """Whether it is a weighted mean of all deliveries, not of some of them."""
    return (
        kpi.fact_model == "supplier.delivery.fact"
        and kpi.aggregator == "ratio"
        and kpi.denominator == "weight"
        and kpi.numerator in PROJECTIONS
        and kpi.domain.replace(" ", "") == "[]"
    )
