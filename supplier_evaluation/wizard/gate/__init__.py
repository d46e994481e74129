# gate
from . import supplier_purchase_override_wizard

# odoo models
from . import portal_share
