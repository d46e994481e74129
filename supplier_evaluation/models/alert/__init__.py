# alert
from . import supplier_alert_rule
from . import scope
from . import watch
from . import schedule
from . import supplier_alert
from . import following
from . import answering
from . import archiving
from . import telling
from . import waiting
from . import consequence
from . import visiting
from . import saving

# lower rooms
from . import supplier_corrective_action

# odoo models
from . import res_partner
