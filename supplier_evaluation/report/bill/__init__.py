# bill
from . import supplier_bill_fact
from . import supplier_payment_fact

# sums
from . import supplier_bill_sum_mixin
from . import supplier_bill_sum
from . import supplier_payment_sum
from . import supplier_fact_change
