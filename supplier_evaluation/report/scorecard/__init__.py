# scorecard
from . import report_supplier_scorecard
from . import supplier_scorecard_comparison
