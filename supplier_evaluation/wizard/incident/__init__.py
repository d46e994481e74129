# incident
from . import supplier_incident_wizard
