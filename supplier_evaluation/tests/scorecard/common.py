from datetime import date
from unittest.mock import patch

from odoo.modules.migration import load_script
from odoo.tools import SQL, file_path

from ...models.scorecard import seal
from ..common import SupplierEvaluationCommon

SCRIPTS = "supplier_evaluation/migrations/19.0.1.3.0"
CODES = ["otd", "days_late", "lot_acceptance", "price_variance"]
# What 19.0.1.2.0 had no columns for.
NEW_OF_LINES = (
    *("template_id", "date_to", "state", "dimension", "loss", "previous_score"),
    *("peer_median", "peer_value", "target_value"),
    *("scale_low_value", "scale_low_score", "scale_high_value", "scale_high_score"),
)
NEW_OF_CARDS = ("state", "spend")


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


class UpgradedCommon(ThreeSuppliersCommon):
    """Two evaluations of 19.0.1.2.0, and a computed revision of the second."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls._create_template("Parts", CODES)
        for day in ("2026-02-20", "2026-03-20"):
            line = cls._order(10, 6, "2026-03-25", day, partner=cls.late_supplier)
            cls._receive(line, "2026-03-26")
        cls.first = cls._evaluate(
            date_from=date(2026, 2, 1), date_to=date(2026, 3, 10), cutoff="2026-03-12"
        )
        with patch.object(seal, "LATEST", 0):
            cls.first.action_publish()
            cls.second = cls._evaluate(date_from=date(2026, 3, 11))
            cls.second.action_publish()
        cls.revised = cls.second.browse(cls.second.action_revise()["res_id"])
        cls.revised.action_compute()
        cards = cls.revised.scorecard_ids.grouped("partner_id")
        cards[cls.late_supplier].line_ids[0].write(
            {
                "is_overridden": True,
                "override_score": 33,
                "override_reason": "Our dock was closed",
            }
        )
        cls.runs = cls.first | cls.second | cls.revised

    def _forget(self):
        """Make it what 19.0.1.2.0 left: nothing of it, sealed as it was."""
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM supplier_scorecard_dimension")
        for table, names in (
            ("supplier_scorecard_line", NEW_OF_LINES),
            ("supplier_scorecard", NEW_OF_CARDS),
        ):
            forgotten = SQL(", ").join(
                SQL("%s = NULL", SQL.identifier(name)) for name in names
            )
            self.env.cr.execute(
                SQL("UPDATE %s SET %s", SQL.identifier(table), forgotten)
            )
        self.env.cr.execute("UPDATE supplier_scorecard SET seal_edition = NULL")
        self.env.invalidate_all()

    def _migrate(self, *names):
        for name in names or ("pre-10-parts", "post-10-parts"):
            script = load_script(file_path(f"{SCRIPTS}/{name}.py"), name)
            script.migrate(self.env.cr, "19.0.1.2.0")
            self.env.invalidate_all()
