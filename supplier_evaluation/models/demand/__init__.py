# demand
from . import supplier_demand
from . import sharing
from . import forecasting

# odoo models
from . import res_partner
