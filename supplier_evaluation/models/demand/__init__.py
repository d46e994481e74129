# demand
from . import supplier_demand
from . import sharing

# odoo models
from . import res_partner
