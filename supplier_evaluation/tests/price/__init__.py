# price
from . import test_golden_price
from . import test_price_cases
