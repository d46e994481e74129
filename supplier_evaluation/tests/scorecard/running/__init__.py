# the period that is not over, and who hears when it is published
from . import test_automation
from . import test_running
