# bill
from . import supplier_bill_fact
from . import supplier_payment_fact
