from importlib.util import module_from_spec, spec_from_file_location

from odoo.tests import tagged
from odoo.tools import file_path

from .common import ReviewCommon

SCRIPT = "supplier_evaluation/migrations/19.0.1.3.0/pre-20-answers.py"


@tagged("post_install", "-at_install")
class TestAnswerMigration(ReviewCommon):
    """Answers of a database of before say what was asked and chosen, worth the same."""

    def test_answers_of_before(self):
        spec = spec_from_file_location("answers", file_path(SCRIPT))
        script = module_from_spec(spec)
        spec.loader.exec_module(script)
        self.questionnaire.question_ids[0].help = "Keeps its word"
        certification = self._certification()
        choice = certification.answer_ids.filtered(lambda one: one.kind == "choice")
        choice.choice_id = choice.question_id.choice_ids[0]
        self.env.flush_all()
        # Since then, the choice is worth less.
        self.cr.execute("UPDATE supplier_questionnaire_choice SET score = 1")
        self.cr.execute(
            "ALTER TABLE supplier_certification_answer"
            " DROP COLUMN help, DROP COLUMN choice_name"
        )
        for _time in range(2):
            script.migrate(self.cr, "19.0.1.2.0")
            self.env.invalidate_all()
            self.assertEqual(choice.choice_name, "Yes")
            self.assertEqual(choice.value, 10)
            self.assertEqual(certification.answer_ids[0].help, "Keeps its word")
            self.assertFalse(certification.answer_ids[1].help)

    def _certification(self):
        program = self.env["supplier.certification.program"].create(
            {"name": "Asks", "questionnaire_id": self.questionnaire.id}
        )
        return self.env["supplier.certification"].create(
            {
                "partner_id": self.supplier.id,
                "company_id": self.company.id,
                "program_id": program.id,
            }
        )
