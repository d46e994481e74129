# scores and records that somebody changed by hand, and who publishes them
from . import supplier_adjustment
from . import supplier_scorecard_template
from . import supplier_scorecard
from . import supplier_scorecard_line
from . import supplier_evaluation
from . import left_out
from . import holding
