# scorecard
from . import report_supplier_scorecard
