# gate
from . import supplier_purchase_policy
from . import supplier_purchase_override

# odoo models
from . import ir_actions_report
from . import product_supplierinfo
from . import purchase_order
from . import purchase_order_line
from . import res_partner
from . import stock_rule
from . import supplier_stage

# contacts that were suppliers of their own
from . import former

# what the order asks and offers
from . import alternatives
from . import asking
