# scorecard
from . import supplier_scorecard_template
from . import supplier_scorecard
from . import supplier_evaluation
