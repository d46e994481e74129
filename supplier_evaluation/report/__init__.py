from . import supplier_fact_mixin
from . import supplier_delivery_fact
