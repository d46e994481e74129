# incident
from . import test_incident
from . import test_incident_access
from . import test_incident_deciding
from . import test_incident_escalation
from . import test_incident_fact
from . import test_incident_follow_up
from . import test_incident_mail
from . import test_incident_owner
from . import test_incident_products
from . import test_incident_tours
