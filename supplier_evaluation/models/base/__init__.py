# mixins
from . import supplier_optional_numbers_mixin
from . import supplier_guard_mixin
from . import supplier_days_mixin
from . import supplier_exclusion_mixin
from . import supplier_register_mixin
from . import supplier_change_mixin
from . import supplier_setup_mixin
from . import supplier_shared_mixin
from . import supplier_subject_mixin

# base
from . import supplier_tier
from . import supplier_tier_change

# odoo models
from . import ir_cron
from . import res_company
from . import res_config_settings
from . import res_partner
