# mixins
from . import supplier_sourced_mixin

# lifecycle
from . import supplier_stage
from . import supplier_stage_change

# odoo models
from . import product_product
from . import product_template
from . import res_partner
from . import buyer
