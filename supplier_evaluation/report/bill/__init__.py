# bill
from . import supplier_bill_fact
