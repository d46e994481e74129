# scorecard
from . import test_company_tz
from . import test_configuration
from . import test_cron
from . import test_evaluation
from . import test_late_changes
from . import test_on_time
from . import test_preset_templates
from . import test_preview
from . import test_publishing
from . import test_scorecard_tours
from . import test_seals
from . import test_statements
from . import test_unknown_numbers
