# delivery
from . import test_delivery_cases
from . import test_golden_delivery
from . import test_kit
from . import test_sql_reference
