# alert
from . import test_alert
from . import test_alert_again
from . import test_alert_archiving
from . import test_alert_changes
from . import test_alert_consequence
from . import test_alert_records
from . import test_alert_rule
from . import test_alert_saving
from . import test_alert_scores
from . import test_alert_tours
from . import test_closed_loop
