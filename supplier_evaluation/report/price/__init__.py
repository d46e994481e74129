# price
from . import supplier_price_fact
