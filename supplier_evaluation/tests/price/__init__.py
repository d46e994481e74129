# price
from . import test_cooperation
from . import test_golden_price
from . import test_price_cases
from . import test_price_day
from . import test_price_rounding
from . import test_spend
