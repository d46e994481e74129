# history
from . import test_golden_history
from . import test_history_background
from . import test_history_import
from . import test_history_job
from . import test_history_layout
from . import test_history_line
from . import test_history_lookup
from . import test_history_parsing
from . import test_history_receipts
from . import test_history_rows
from . import test_history_template
from . import test_history_unclear
from . import test_history_wizard
from .sheet import *
