from odoo.modules.migration import load_script
from odoo.tests import tagged
from odoo.tools import SQL, file_path

from ...models.scorecard import seal
from ...models.scorecard.columns import DIMENSION_COLUMNS, LINE_COLUMNS, PARTS
from .common import NEW_OF_CARDS, UpgradedCommon

SCRIPT = "supplier_evaluation/migrations/19.0.1.6.0/pre-00-copies.py"


@tagged("post_install", "-at_install")
class TestPartsMigration(UpgradedCommon):
    """Scorecards of 19.0.1.2.0 get what a run of today stores."""

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

    def _foreign_keys(self):
        return set(
            self.env.execute_query(
                SQL(
                    """
                    SELECT rel.relname, att.attname
                      FROM pg_constraint con
                      JOIN pg_class rel ON rel.oid = con.conrelid
                      JOIN pg_attribute att
                        ON att.attrelid = rel.oid AND att.attnum = ANY(con.conkey)
                     WHERE con.contype = 'f' AND rel.relname = ANY(%s)
                    """,
                    [self.env[model]._table for model in PARTS],
                )
            )
        )

    def test_the_upgrade_drops_the_keys_of_copies(self):
        """And no other; what is stored stays."""
        wanted, stored = self._foreign_keys(), self._stored()
        for model in PARTS:
            table = self.env[model]._table
            for column, other in (
                ("partner_id", "res_partner"),
                ("template_id", "supplier_scorecard_template"),
            ):
                self.env.cr.execute(
                    SQL(
                        "ALTER TABLE %s ADD CONSTRAINT %s FOREIGN KEY (%s)"
                        " REFERENCES %s (id)",
                        SQL.identifier(table),
                        SQL.identifier(f"{table}_{column}_fkey"),
                        SQL.identifier(column),
                        SQL.identifier(other),
                    )
                )
        self.assertEqual(len(self._foreign_keys()), len(wanted) + 4)
        script = load_script(file_path(SCRIPT), "pre-00-copies")
        script.migrate(self.env.cr, "19.0.1.5.0")
        self.assertEqual(self._foreign_keys(), wanted)
        self.assertEqual(self._stored(), stored)

    def test_what_a_part_copies_is_looked_up_once(self):
        """The scorecard has these foreign keys; who and when is of the evaluation."""
        self.assertEqual(
            self._foreign_keys(),
            {
                ("supplier_scorecard_line", "scorecard_id"),
                ("supplier_scorecard_line", "kpi_id"),
                ("supplier_scorecard_line", "override_uid"),
                ("supplier_scorecard_dimension", "scorecard_id"),
            },
        )
        for name in ("company_id", "partner_id", "template_id"):
            self.assertTrue(
                self.env.execute_query(
                    SQL(
                        "SELECT FROM pg_constraint"
                        " WHERE conname = %s AND contype = 'f'",
                        f"supplier_scorecard_{name}_fkey",
                    )
                )
            )
