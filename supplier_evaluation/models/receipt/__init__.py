# odoo models
from . import stock_picking
