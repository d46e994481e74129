# odoo models
from . import mail_message
from . import mail_thread
from . import merging
from . import purchase_order
from . import stock_picking
