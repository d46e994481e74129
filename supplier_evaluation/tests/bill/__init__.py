# bill
from . import test_bill_cases
