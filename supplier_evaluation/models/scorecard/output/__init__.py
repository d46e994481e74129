# scorecard
from . import supplier_scorecard
