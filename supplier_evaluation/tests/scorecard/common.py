from ..common import SupplierEvaluationCommon


class ThreeSuppliersCommon(SupplierEvaluationCommon):
    """A punctual supplier, a late one, and one with a single line."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls._create_template("Two", ["otd", "fill_rate"])
        cls.late_supplier = cls._create_supplier("Late")
        cls.small_supplier = cls._create_supplier("Small")
        for _index in range(5):
            line = cls._order(10, 5, "2026-03-10")
            cls._receive(line, "2026-03-10")
            line = cls._order(10, 5, "2026-03-10", partner=cls.late_supplier)
            cls._receive(line, "2026-03-12")
        line = cls._order(10, 5, "2026-03-10", partner=cls.small_supplier)
        cls._receive(line, "2026-03-10")

    def _card(self, evaluation, partner=None):
        return evaluation.scorecard_ids.filtered(
            lambda card: card.partner_id == (partner or self.supplier)
        )
