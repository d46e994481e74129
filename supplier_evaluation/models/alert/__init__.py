# alert
from . import supplier_alert_rule
from . import supplier_alert
from . import watch
