# base
from . import supplier_exclusion_wizard
from . import supplier_tz_wizard

# odoo models
from . import base_partner_merge
