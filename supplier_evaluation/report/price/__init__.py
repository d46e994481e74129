# price
from . import newest
from . import supplier_cooperation_fact
from . import supplier_price_fact
from . import supplier_price_sum
from . import supplier_quotation_fact
