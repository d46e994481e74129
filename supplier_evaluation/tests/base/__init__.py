# base
from . import test_ir_cron
from . import test_register
from . import test_scheduled
