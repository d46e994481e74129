# scorecard
from . import supplier_evaluation
from . import supplier_scorecard
