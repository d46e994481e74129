from datetime import date
from unittest.mock import patch

from odoo.modules.migration import load_script
from odoo.tests import tagged
from odoo.tools import file_path

from ...models.scorecard import seal
from ...models.scorecard.columns import DIMENSION_COLUMNS, LINE_COLUMNS
from .common import ThreeSuppliersCommon

SCRIPTS = "supplier_evaluation/migrations/19.0.1.3.0"
CODES = ["otd", "days_late", "lot_acceptance", "price_variance"]
# What 19.0.1.2.0 had no columns for.
NEW_OF_LINES = (
    *("template_id", "date_to", "state", "dimension", "loss", "previous_score"),
    *("peer_median", "peer_value", "target_value"),
    *("scale_low_value", "scale_low_score", "scale_high_value", "scale_high_score"),
)
NEW_OF_CARDS = ("state", "spend")


@tagged("post_install", "-at_install")
class TestPartsMigration(ThreeSuppliersCommon):
    """Scorecards of 19.0.1.2.0 get what a run of today stores."""

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

    def _stored(self):
        """All that is stored, of dimensions without their ids."""
        self.env.invalidate_all()
        cards = self.runs.scorecard_ids.sorted("id")
        dimensions = cards.dimension_ids.sorted(
            lambda part: (part.scorecard_id.id, part.id)
        ).read(DIMENSION_COLUMNS)
        for values in dimensions:
            values.pop("id")
        return (
            cards.line_ids.sorted("id").read(LINE_COLUMNS),
            dimensions,
            cards.read(NEW_OF_CARDS),
        )

    def _forget(self):
        """Make it what 19.0.1.2.0 left: nothing of it, sealed as it was."""
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM supplier_scorecard_dimension")
        for table, names in (
            ("supplier_scorecard_line", NEW_OF_LINES),
            ("supplier_scorecard", NEW_OF_CARDS),
        ):
            forgotten = ", ".join(f"{name} = NULL" for name in names)
            self.env.cr.execute(f"UPDATE {table} SET {forgotten}")
        self.env.cr.execute("UPDATE supplier_scorecard SET seal_edition = NULL")
        self.env.invalidate_all()

    def _migrate(self):
        for name in ("pre-10-parts", "post-10-parts"):
            script = load_script(file_path(f"{SCRIPTS}/{name}.py"), name)
            script.migrate(self.env.cr, "19.0.1.2.0")
            self.env.invalidate_all()

    def assertStoredAlmostEqual(self, stored, expected):
        for of_model, expected_of_model in zip(stored, expected, strict=True):
            self.assertEqual(len(of_model), len(expected_of_model))
            for values, wanted in zip(of_model, expected_of_model, strict=True):
                self.assertEqual(values.keys(), wanted.keys())
                for name, value in wanted.items():
                    with self.subTest(column=name):
                        self.assertIs(type(values[name]), type(value))
                        if isinstance(value, float):
                            self.assertAlmostEqual(values[name], value, 9)
                        else:
                            self.assertEqual(values[name], value)

    def test_as_a_run_stores_it(self):
        computed = self._stored()
        lines, dimensions, cards = computed
        self.assertTrue(any(values["previous_score"] for values in lines))
        self.assertTrue(any(values["previous_score"] for values in dimensions))
        self.assertTrue(any(values["spend"] for values in cards))
        self.assertEqual(
            {values["state"] for values in lines},
            {"published", "computed"},
        )
        self._forget()
        self._migrate()
        self.assertStoredAlmostEqual(self._stored(), computed)

    def test_seals_hold(self):
        """They are of the figures that there were, and are followed by those of now."""
        self.assertFalse(seal.verify_seals(self.company))
        self._forget()
        self._migrate()
        self.assertFalse(seal.verify_seals(self.company))
        self.revised.action_publish()
        self.assertFalse(seal.verify_seals(self.company))
        editions = [set(run.scorecard_ids.mapped("seal_edition")) for run in self.runs]
        self.assertEqual(editions, [{0}, {0}, {seal.LATEST}])

    def test_once(self):
        self._forget()
        self._migrate()
        stored = self._stored()
        self._migrate()
        self.assertEqual(self._stored(), stored)
