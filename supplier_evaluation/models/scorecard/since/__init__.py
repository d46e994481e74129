# what became of what was published: which records it counted, and which it would now
from . import supplier_kpi
from . import supplier_scorecard_source
from . import looking
from . import supplier_evaluation
from . import supplier_scorecard
from . import supplier_scorecard_line
