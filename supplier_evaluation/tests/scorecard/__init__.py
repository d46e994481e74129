# scorecard
from . import test_company_tz
from . import test_cron
from . import test_evaluation
from . import test_late_changes
from . import test_later_seals
from . import test_on_time
from . import test_parts
from . import test_parts_access
from . import test_parts_migration
from . import test_preview
from . import test_publishing
from . import test_scorecard_tours
from . import test_seals
from . import test_statements

# how scorecards leave Odoo
from .output import *

# the period that is not over
from .running import *

# many suppliers, several workers
from .several import *

# changed by hand
from .adjusting import *

# what became of what was published
from .since import *
