# base
from . import freezing
from . import test_archive
from . import test_freezing
from . import test_ir_cron
from . import test_numbering
from . import test_numbers_in_words
from . import test_own_fields
from . import test_period_label
from . import test_register
from . import test_scheduled
from . import test_tier_change
from . import test_region_group
from . import test_tier_tours
from . import test_unknown_numbers
from . import test_subject
