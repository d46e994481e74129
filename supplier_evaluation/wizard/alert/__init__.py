# alert
from . import supplier_alert_answer_wizard
from . import supplier_alert_dry_run
from . import supplier_alert_dry_run_line

# lower rooms
from . import supplier_alert_rule

# odoo models
from . import base_partner_merge
