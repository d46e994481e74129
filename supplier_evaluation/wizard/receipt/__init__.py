# receipt
from . import supplier_return_reason_wizard

# odoo models
from . import stock_return_picking
