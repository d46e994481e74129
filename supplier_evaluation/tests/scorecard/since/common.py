from ....models.scorecard.since.supplier_scorecard_line import Since
from ..common import ThreeSuppliersCommon


class PublishedCommon(ThreeSuppliersCommon):
    """Three suppliers, published; then something is booked late, moved or cancelled."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.evaluation = cls._evaluate()
        cls.evaluation.action_publish()
        cls.late_lines = cls.env["purchase.order.line"].search(
            [("partner_id", "=", cls.late_supplier.id)], order="id"
        )

    def _otd(self, partner=None, evaluation=None):
        card = self._card(evaluation or self.evaluation, partner or self.late_supplier)
        return card.line_ids.filtered(lambda line: line.kpi_id.code == "otd")

    def _since(self, line):
        self.env.flush_all()
        return line._since_published(line._kpi_as_computed())

    def _named(self, line, since):
        named = line._name_since(line._kpi_as_computed(), since, 10)
        return [(each["kind"], each["name"], each["why"]) for each in named]

    def _came_on(self, line, day):
        """Book anew on which day it came."""
        self.env.cr.execute(
            "UPDATE stock_move SET date = %s WHERE purchase_line_id = %s",
            [f"{day} 02:00:00", line.id],
        )
        self.env.invalidate_all()

    def _fact(self, line):
        return line.id * 2

    def _nothing(self):
        return Since(added=[], moved=[], gone=[])
