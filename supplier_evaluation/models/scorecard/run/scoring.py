"""How suppliers are scored by a template, whoever asks: nothing is stored here."""

from ....scoring import assemble, compose_dimensions, score_line
from .rows import Scored


class TemplateScoring:
    """Makes scorecards of what was measured.

    :param template: the template; its rules are read once, when this is made
    :raises UserError: a scale of it cannot be used, or there is no grade
    """

    def __init__(self, template):
        self.env = template.env
        self.template = template
        self.template_lines = template.line_ids
        self.grades = self.env["supplier.grade"]._best_first()
        self.line_rules = template._line_rules()
        self.rule = template._scorecard_rule(self.grades)
        # Read once: for each supplier again, it would cost more than to score it.
        self.kpis = [
            (line.kpi_id.code, line.kpi_id.id, line.sequence, line.dimension)
            for line in self.template_lines
        ]
        self.dimensions = [line.dimension for line in self.template_lines]
        self.delivery_codes = [
            kpi.code for kpi in self.template_lines.kpi_id if kpi._counts_deliveries()
        ]

    def score(self, partner_id, measures):
        """Return a supplier, scored.

        :param int partner_id: the supplier
        :param dict measures: a Measure by code of the KPI, as far as there is one
        :rtype: Scored
        :raises ArithmeticError, ValueError: what was measured cannot be scored
        """
        lines = [score_line(rule, measures.get(rule.code)) for rule in self.line_rules]
        delivery_lines = self._delivery_lines(measures)
        card = assemble(lines, delivery_lines, self.rule)
        dimensions = compose_dimensions(self.dimensions, lines, card.effective_weights)
        return Scored(partner_id, measures, lines, card, dimensions, delivery_lines)

    def _delivery_lines(self, measures):
        """Return how many delivery lines count, or None without a delivery KPI."""
        if not self.delivery_codes:
            return None
        counts = [measures[code].n for code in self.delivery_codes if code in measures]
        return max(counts, default=0)
