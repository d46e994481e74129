import json

from odoo import Command
from odoo.modules.migration import load_script
from odoo.tests import tagged
from odoo.tools import SQL, file_open, file_path

from .common import ReviewCommon

SCRIPT = "supplier_evaluation/migrations/19.0.1.1.0/pre-20-questionnaire.py"
BEFORE = "supplier_evaluation/tests/review/questionnaire_before.sql"
TABLES = (
    "supplier_questionnaire",
    "supplier_questionnaire_question",
    "supplier_questionnaire_choice",
    "supplier_certification_knockout_question_rel",
    "supplier_certification_program",
    "supplier_scorecard_template",
    "supplier_review",
    "supplier_review_answer",
)
# What Odoo and PostgreSQL know of them; each is compared as a whole.
CATALOGUE = {
    "columns": """
        SELECT table_name::text, column_name::text, column_default, data_type::text
          FROM information_schema.columns WHERE table_name = ANY(%s)
        """,
    "constraints": """
        SELECT conrelid::regclass::text, conname::text, pg_get_constraintdef(oid)
          FROM pg_constraint WHERE conrelid::regclass::text = ANY(%s)
        """,
    "indexes": """
        SELECT tablename::text, indexname::text, indexdef
          FROM pg_indexes WHERE tablename = ANY(%s)
        """,
}
REGISTERED = {
    "ir_model": ("id", "model"),
    "ir_model_fields": (
        *("id", "model", "name", "relation", "related"),
        *("relation_table", "column1", "column2"),
    ),
    "ir_model_data": ("id", "module", "name", "model", "res_id"),
    "ir_model_constraint": ("id", "name"),
    "ir_model_relation": ("id", "name"),
    "ir_rule": ("id", "name", "domain_force"),
    "ir_ui_view": ("id", "model", "arch_db"),
    "ir_act_window": ("id", "res_model", "domain", "context"),
    "ir_act_server": ("id", "resource_ref"),
    "ir_attachment": ("id", "res_model", "res_id"),
    "ir_filters": ("id", "model_id", "domain", "context", "sort"),
    "ir_exports": ("id", "resource"),
    "ir_exports_line": ("id", "name"),
    "supplier_kpi": ("id", "fact_model", "domain"),
}


@tagged("post_install", "-at_install")
class TestQuestionnaireMigration(ReviewCommon):
    """A database of the version before, made of this one, is what this one was."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program = cls.env["supplier.certification.program"].create(
            {
                "name": "Knocks out",
                "questionnaire_id": cls.questionnaire.id,
                "knockout_question_ids": [
                    Command.set(cls.questionnaire.question_ids[:2].ids)
                ],
            }
        )
        cls.kpi = cls._create_kpi()
        cls.template = cls._create_template(
            "Of one questionnaire",
            ["fill_rate", cls.kpi.code],
            questionnaire_id=cls.questionnaire.id,
            reviewer_ids=cls._rows(quality=cls.quality),
        )
        cls.evaluation = cls._draft()
        cls.review = cls._ask(cls.evaluation)

    @classmethod
    def _create_kpi(cls):
        return cls.env["supplier.kpi"].create(
            {
                "name": "Of one questionnaire",
                "code": "test_questionnaire",
                "description": "What was answered to it.",
                "dimension": "service",
                "unit": "points",
                "fact_model": "supplier.review",
                "date_field": "date",
                "domain": f"[('questionnaire_id', '=', {cls.questionnaire.id})]",
                "aggregator": "mean",
                "numerator": "score",
            }
        )

    def setUp(self):
        super().setUp()
        self._submit(self._of(self.review, self.quality), 9, 9, 10)
        self.evaluation.action_compute()
        self.evaluation.action_publish()

    def _go_back(self):
        """Rename everything to what it was called in the version before."""
        self.env.flush_all()
        self.env.invalidate_all()
        with file_open(BEFORE) as script:
            self.env.cr.execute(script.read())

    def _migrate(self):
        script = load_script(file_path(SCRIPT), "pre_questionnaire")
        script.migrate(self.env.cr, "19.0.1.0.0")
        self.env.registry.clear_all_caches()
        self.env.invalidate_all()

    def _state(self):
        """Return what the database knows, as sorted rows by where they are."""
        self.env.flush_all()
        state = {}
        for name, query in CATALOGUE.items():
            self.env.cr.execute(query, [list(TABLES)])
            state[name] = sorted(self.env.cr.fetchall(), key=str)
        for table, columns in REGISTERED.items():
            state[table] = self._rows_of(table, columns)
        for table in TABLES:
            state[table] = self._rows_of(table)
        return state

    def _rows_of(self, table, columns=()):
        names = SQL(", ").join(map(SQL.identifier, columns)) if columns else SQL("*")
        query = SQL("SELECT %s FROM %s", names, SQL.identifier(table))
        return sorted(self.env.execute_query(query), key=str)

    def _write_by_hand(self, record, column, text):
        """Write what the ORM of today would refuse or not find."""
        self.env.execute_query(
            SQL(
                "UPDATE %s SET %s = %s WHERE id = %s RETURNING id",
                SQL.identifier(record._table),
                SQL.identifier(column),
                text,
                record.id,
            )
        )

    def _read_by_hand(self, record, column):
        rows = self.env.execute_query(
            SQL(
                "SELECT %s FROM %s WHERE id = %s",
                SQL.identifier(column),
                SQL.identifier(record._table),
                record.id,
            )
        )
        return rows[0][0]

    # ------------------------------------------------------------
    # Names
    # ------------------------------------------------------------

    def test_everything_is_as_in_a_new_database(self):
        model = "supplier.questionnaire"
        self.env["ir.attachment"].create(
            {"name": "a", "res_model": model, "res_id": self.questionnaire.id}
        )
        self.env["ir.exports"].create(
            {
                "name": "Mine",
                "resource": f"{model}.question",
                "export_fields": [Command.create({"name": "name"})],
            }
        )
        self.env["ir.filters"].create({"name": "Mine", "model_id": model})
        self.env["ir.actions.server"].create(
            {
                "name": "Mine",
                "model_id": self.env["ir.model"]._get_id(model),
                "state": "object_write",
                "resource_ref": f"{model},{self.questionnaire.id}",
            }
        )
        # As another module or a user's own field would have it.
        self.env["ir.model.data"].create(
            {
                "module": "other",
                "name": "field_supplier_questionnaire_choice__x_colour",
                "model": "ir.model.fields",
                "res_id": self.env["ir.model.fields"]._get(model, "name").id,
            }
        )
        now = self._state()
        self._migrate()
        self.assertEqual(self._state(), now, "there is nothing to do")
        self._go_back()
        models = self._rows_of("ir_model", ["model"])
        self.assertIn(("supplier.review.template",), models)
        self.assertNotIn((model,), models)
        self._migrate()
        for place, rows in self._state().items():
            with self.subTest(place=place):
                self.assertTrue(rows, "there is something to lose")
                self.assertEqual(rows, now[place])

    def test_records_are_found_again(self):
        questions = self.questionnaire.question_ids
        choices = questions.choice_ids
        preset = self.env.ref("supplier_evaluation.supplier_questionnaire_general")
        self._go_back()
        self.env.cr.execute("SELECT COUNT(*) FROM supplier_review_question")
        (count,) = self.env.cr.fetchone()
        self._migrate()
        everything = self.env["supplier.questionnaire.question"]
        self.assertEqual(everything.search_count([]), count)
        self.assertEqual(self.questionnaire.question_ids, questions)
        self.assertEqual(questions.choice_ids, choices)
        self.assertEqual(self.program.knockout_question_ids, questions[:2])
        self.assertEqual(self.review.questionnaire_id, self.questionnaire)
        self.assertEqual(self.review.answer_ids.question_id, questions)
        self.assertEqual(
            self.env.ref("supplier_evaluation.supplier_questionnaire_general"), preset
        )
        new = everything.create({"name": "New", "questionnaire_id": preset.id})
        self.assertGreater(new.id, max(questions.ids), "the sequence went on")

    def test_what_people_wrote(self):
        """Filters, rules, exports, views and KPIs name fields; others' stay."""
        one = self.env["ir.filters"].create
        review = one({"name": "a", "model_id": "supplier.review"})
        answer = one({"name": "b", "model_id": "supplier.review.answer"})
        run = one({"name": "c", "model_id": "supplier.evaluation"})
        program, export = self.env["ir.exports"].create(
            [
                {
                    "name": "d",
                    "resource": model,
                    "export_fields": [Command.create({"name": "id"})],
                }
                for model in ("supplier.certification.program", "supplier.review")
            ]
        )
        rule = self.env["ir.rule"].create(
            {"name": "e", "model_id": self.env["ir.model"]._get_id("supplier.review")}
        )
        view = self.env["ir.ui.view"].create(
            {
                "name": "f",
                "model": "supplier.scorecard.template",
                "arch": '<form><field name="questionnaire_id" /></form>',
            }
        )
        texts = [
            (
                (review, "domain"),
                "[('template_id', '=', 1), ('evaluation_id.template_id', '=', 2)]",
                "[('questionnaire_id', '=', 1), ('evaluation_id.template_id', '=', 2)]",
            ),
            (
                (review, "context"),
                "{'group_by': ['template_id', 'state']}",
                "{'group_by': ['questionnaire_id', 'state']}",
            ),
            (
                (answer, "domain"),
                "[('question_id.template_id.name', 'ilike', 'x')]",
                "[('question_id.questionnaire_id.name', 'ilike', 'x')]",
            ),
            (
                (run, "domain"),
                "[('review_ids.template_id', '=', 1), ('template_id', '=', 2)]",
                "[('review_ids.questionnaire_id', '=', 1), ('template_id', '=', 2)]",
            ),
            (
                (run, "context"),
                "{'group_by': 'template_id.review_template_id'}",
                "{'group_by': 'template_id.questionnaire_id'}",
            ),
            (
                (program.export_fields, "name"),
                "knockout_question_ids/template_id/name",
                "knockout_question_ids/questionnaire_id/name",
            ),
            (
                (export.export_fields, "name"),
                "evaluation_id/template_id/review_template_id",
                "evaluation_id/template_id/questionnaire_id",
            ),
            (
                (rule, "domain_force"),
                "[('template_id.company_id', 'in', company_ids)]",
                "[('questionnaire_id.company_id', 'in', company_ids)]",
            ),
            (
                (self.kpi, "domain"),
                f"[('template_id', '=', {self.questionnaire.id})]",
                f"[('questionnaire_id', '=', {self.questionnaire.id})]",
            ),
        ]
        arch = self._read_by_hand(view, "arch_db")
        self._go_back()
        for place, before, _after in texts:
            self._write_by_hand(*place, before)
        self.env.cr.execute(
            "UPDATE ir_ui_view SET arch_db = replace(arch_db::text,"
            " 'questionnaire_id', 'review_template_id')::jsonb WHERE id = %s",
            [view.id],
        )
        self.assertNotEqual(self._read_by_hand(view, "arch_db"), arch)
        self._migrate()
        for place, before, after in texts:
            with self.subTest(before=before):
                self.assertEqual(self._read_by_hand(*place), after)
        self.assertEqual(self._read_by_hand(view, "arch_db"), arch)

    # ------------------------------------------------------------
    # What is sealed
    # ------------------------------------------------------------

    def _snapshot_of_before(self):
        """Let the evaluation say what it would have said in the version before."""
        self.env.cr.execute(
            "UPDATE supplier_evaluation SET template_snapshot = replace("
            "template_snapshot::text, 'questionnaire_id', 'template_id')::jsonb"
            " WHERE id = %s RETURNING template_snapshot::text",
            [self.evaluation.id],
        )
        [said] = self.env.cr.fetchone()
        self.evaluation.invalidate_recordset()
        return said

    def test_what_is_sealed_is_not_rewritten(self):
        self._go_back()
        sealed = self._snapshot_of_before()
        self.assertIn("('template_id', '=',", sealed)
        self._migrate()
        self.env.cr.execute(
            "SELECT template_snapshot::text FROM supplier_evaluation WHERE id = %s",
            [self.evaluation.id],
        )
        self.assertEqual(self.env.cr.fetchone()[0], sealed)

    def test_what_is_sealed_can_be_opened(self):
        line = self.evaluation.scorecard_ids.line_ids.filtered(
            lambda line: line.kpi_id == self.kpi
        )
        self.assertTrue(line.has_value)
        today = line.action_open_counted()
        self._snapshot_of_before()
        action = line.action_open_counted()
        self.assertEqual(action["domain"], today["domain"])
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(found, self.review)

    def test_what_is_sealed_leads_there_from_other_records(self):
        line = self.evaluation.scorecard_ids.line_ids[0]
        snapshot = self.evaluation.template_snapshot
        rule = next(
            rule for rule in snapshot["lines"] if rule["kpi"] == line.kpi_id.code
        )
        for model, before, after in (
            (
                "supplier.certification",
                "[('program_id.review_template_id', '=', 1)]",
                "[('program_id.questionnaire_id', '=', 1)]",
            ),
            (
                "supplier.certification",
                "[('answer_ids.question_id.template_id', '=', 1)]",
                "[('answer_ids.question_id.questionnaire_id', '=', 1)]",
            ),
            (
                "supplier.evaluation",
                "[('review_ids.template_id', '=', 1), ('template_id', '=', 2)]",
                "[('review_ids.questionnaire_id', '=', 1), ('template_id', '=', 2)]",
            ),
            (
                "survey.user_input",
                "[('question_id.template_id', '=', 1)]",
                "[('question_id.template_id', '=', 1)]",
            ),
        ):
            with self.subTest(before=before):
                rule.update(fact_model=model, domain=before)
                self._write_by_hand(
                    self.evaluation, "template_snapshot", json.dumps(snapshot)
                )
                self.evaluation.invalidate_recordset()
                self.assertEqual(line._rule_as_computed()["domain"], after)
