# what follows from a grade: rewards, remedies, shares
from . import supplier_incentive_rule
from . import supplier_incentive
from . import supplier_incentive_change
from . import proposing
from . import effect
from . import supplier_allocation
from . import supplier_allocation_line
from . import supplier_idea

# odoo models
from . import purchase_order
from . import res_partner
from . import stock_picking
