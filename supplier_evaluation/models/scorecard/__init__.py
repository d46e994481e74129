# mixins
from . import supplier_evaluated_mixin
from . import supplier_scorecard_part_mixin

# scorecard
from . import supplier_scorecard_template
from . import supplier_evaluation
from . import claim
from . import schedule
from . import supplier_scorecard
from . import scorecards
from . import supplier_scorecard_line
from . import supplier_scorecard_dimension
from . import output
from . import proof
from . import vendors
from . import adjusting
from . import since

# odoo models
from . import purchase_order
from . import res_company
from . import res_partner

# the period that is not over
from . import running
