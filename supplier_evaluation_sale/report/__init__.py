from . import supplier_sale_customer
from . import supplier_sale_fact
from . import supplier_sale_sum
from . import supplier_sale_trace
