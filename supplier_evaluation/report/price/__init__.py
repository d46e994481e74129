# price
from . import supplier_price_fact
from . import supplier_price_sum
