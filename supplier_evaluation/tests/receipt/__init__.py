# receipt
from . import test_golden_quality
from . import test_receipt_cases
