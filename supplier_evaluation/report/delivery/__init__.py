# delivery
from . import supplier_delivery_fact
from . import supplier_delivery_sum
from . import supplier_flexibility_fact
