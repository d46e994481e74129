# mixins
from . import supplier_order_fact_mixin
