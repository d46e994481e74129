# odoo models
from . import purchase_order_line

# history
from . import supplier_history_line
