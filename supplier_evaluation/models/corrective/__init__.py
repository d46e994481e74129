# corrective action (8D)
from . import supplier_corrective_action
from . import supplier_corrective_action_step
from . import supplier_corrective_decision
from . import origin
from . import deciding
from . import effectiveness
from . import reminder
from . import sources

# lower rooms
from . import supplier_certification_audit_finding
from . import supplier_incident
from . import supplier_scorecard_line

# odoo models
from . import res_company
from . import res_config_settings
from . import res_partner
