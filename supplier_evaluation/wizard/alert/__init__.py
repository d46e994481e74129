# alert
from . import supplier_alert_answer_wizard
from . import supplier_alert_dry_run
