# delivery
from . import test_delivery_cases
from . import test_delivery_surplus
from . import test_delivery_units
from . import test_exchange_in_parts
from . import test_exchange_transfer
from . import test_flexibility
from . import test_golden_delivery
from . import test_kit
from . import test_kit_changes
from . import test_lead_time
from . import test_mistaken_receipt
from . import test_shared_receipts
from . import test_sql_reference
from . import test_weighed_price
