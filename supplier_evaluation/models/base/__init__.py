# mixins
from . import screen
from . import mixin

# base
from . import supplier_field_set
from . import supplier_tier
from . import supplier_tier_change
from . import supplier_adjustment
from . import supplier_region_group

# odoo models
from . import base
from . import ir_attachment
from . import ir_cron
from . import ir_sequence
from . import mail_activity
from . import res_company
from . import res_config_settings
from . import res_partner
