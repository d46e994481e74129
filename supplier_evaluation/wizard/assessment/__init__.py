# dialogs
from . import supplier_customer_ask_wizard

# odoo models
from . import base_partner_merge
