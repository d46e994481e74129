# receipt
from . import test_golden_quality
from . import test_kit_defects
from . import test_receipt_by_hand
from . import test_receipt_cases
from . import test_return_by_hand
from . import test_return_elsewhere
from . import test_return_migration
from . import test_return_published
from . import test_return_reason
from . import test_return_routes
from . import test_return_sums
from . import test_return_sums_kept
from . import test_return_tours
