# review
from . import test_answer_migration
from . import test_questionnaire_migration
from . import test_review
from . import test_review_access
from . import test_review_follow_up
from . import test_review_kpi
from . import test_review_questions
from . import test_review_request
from . import test_review_schedule
from . import test_review_tours

# the team
from .team import *
