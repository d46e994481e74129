# bill
from . import test_bill_by_hand
from . import test_bill_cases
from . import test_bill_downpayment
from . import test_bill_ordered
from . import test_bill_sums
from . import test_bill_sums_noted
from . import test_cost_migration
from . import test_late_payments
from . import test_payment_cases
