# contact log
from . import supplier_contact
from . import supplier_tier
from . import plan

# odoo models
from . import res_partner
