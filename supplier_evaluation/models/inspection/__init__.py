# plans
from . import supplier_inspection_plan
from . import supplier_inspection_plan_line

# inspections
from . import supplier_inspection
from . import supplier_inspection_value

# aspects of the inspection
from . import paper
from . import receiving
from . import workflow

# other models
from . import stock_move
from . import stock_picking
from . import supplier_incident
