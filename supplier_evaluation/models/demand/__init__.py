# demand
from . import supplier_demand
from . import sharing
from . import forecasting
from . import ordering

# odoo models
from . import product_product
from . import product_supplierinfo
from . import res_partner
