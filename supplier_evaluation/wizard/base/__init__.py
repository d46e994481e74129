# base
from . import supplier_exclusion_wizard

# odoo models
from . import base_partner_merge
