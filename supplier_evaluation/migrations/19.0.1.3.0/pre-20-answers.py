"""Answers of certifications keep explanation and choice in words, as reviews do.

The columns are filled here: computed, they would take the worth of each choice anew,
and an answer is worth what it was when it was given.
"""

from odoo.tools.sql import column_exists

ANSWER = "supplier_certification_answer"


def migrate(cr, version):
    if not column_exists(cr, ANSWER, "choice_name"):
        cr.execute(
            """
            ALTER TABLE supplier_certification_answer ADD COLUMN choice_name varchar;
            UPDATE supplier_certification_answer answer
               SET choice_name = choice.name ->> 'en_US'
              FROM supplier_questionnaire_choice choice
             WHERE choice.id = answer.choice_id
            """
        )
    if not column_exists(cr, ANSWER, "help"):
        cr.execute(
            """
            ALTER TABLE supplier_certification_answer ADD COLUMN help text;
            UPDATE supplier_certification_answer answer
               SET help = question.help ->> 'en_US'
              FROM supplier_questionnaire_question question
             WHERE question.id = answer.question_id
            """
        )
