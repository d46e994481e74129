# plans
from . import supplier_inspection_plan

# inspections
from . import supplier_inspection

# aspects of the inspection
from . import taking
from . import following

# other models
from . import qc_inspection
