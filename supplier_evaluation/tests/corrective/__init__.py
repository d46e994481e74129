# corrective
from . import test_corrective_action
from . import test_corrective_reminder
