# what other systems know, and Odoo has no record for
from . import supplier_history_bill
from . import supplier_history_payment
from . import supplier_benchmark
from . import supplier_price_index
