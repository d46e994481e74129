# who evaluates together, by department
from . import supplier_scorecard_template_member
from . import supplier_scorecard_template
from . import announcing
from . import supplier_scorecard_line
from . import supplier_evaluation
