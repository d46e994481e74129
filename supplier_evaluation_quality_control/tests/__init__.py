from . import test_quality_access
from . import test_quality_changes
from . import test_quality_receipt
from . import test_quality_terms
from . import test_quality_test
