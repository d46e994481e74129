# mixins
from . import supplier_answer_mixin
from . import supplier_judgement_mixin

# review
from . import supplier_questionnaire
from . import supplier_questionnaire_question
from . import supplier_questionnaire_choice
from . import supplier_review
from . import supplier_review_answer
from . import follow_up

# scorecard
from . import supplier_scorecard_template_reviewer
from . import supplier_scorecard_template
from . import supplier_evaluation
from . import sealed_rules
from . import supplier_scorecard

# the team
from . import team

# odoo models
from . import res_users
