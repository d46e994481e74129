# meetings
from . import supplier_meeting
from . import supplier_meeting_point
from . import supplier_meeting_decision
from . import workflow
from . import agenda
from . import calendar
from . import minutes

# lower rooms
from . import supplier_contact

# odoo models
from . import calendar_event
from . import res_partner
