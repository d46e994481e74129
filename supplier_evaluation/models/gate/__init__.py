# gate
from . import supplier_purchase_policy
from . import supplier_purchase_override

# odoo models
from . import ir_actions_report
from . import purchase_order
from . import purchase_order_line
from . import stock_rule
from . import supplier_stage
