# rules and registers
from . import supplier_profile_rule
from . import supplier_profile_check

# aspects of the vendor
from . import registry
from . import size
from . import completeness

# what is found
from . import supplier_duplicate
from . import supplier_data_report

# odoo models
from . import res_company
from . import res_config_settings
