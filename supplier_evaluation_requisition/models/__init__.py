# comparison of alternatives
from . import supplier_delivery_forecast
from . import supplier_kpi
from . import res_company
from . import res_config_settings
from . import purchase_order_line
from . import purchase_order

# blanket orders as contracts
from . import supplier_contract
from . import purchase_requisition
from . import supplier_saving_fact

# candidates for a need
from . import product

# requirement list
from . import choice
