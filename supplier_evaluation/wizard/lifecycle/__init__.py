# lifecycle
from . import supplier_buyer_wizard
from . import supplier_stage_wizard

# odoo models
from . import base_partner_merge
