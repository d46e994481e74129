# mixins
from . import supplier_incident_subject_mixin

# incident
from . import supplier_incident
from . import deciding
from . import owner
from . import follow_up
from . import target
from . import escalation
from . import source
from . import mail

# odoo models
from . import res_company
from . import res_config_settings
from . import purchase_order
from . import res_partner
from . import stock_move
from . import stock_picking
