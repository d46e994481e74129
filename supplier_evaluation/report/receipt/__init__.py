from . import returned

# receipt
from . import supplier_receipt_fact
from . import supplier_receipt_sum

# facts
from . import supplier_fact_change
