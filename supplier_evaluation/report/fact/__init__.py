# mixins
from . import supplier_fact_mixin
from . import supplier_fact_sum_mixin
from . import supplier_order_sum_mixin
from . import supplier_priced_fact_mixin

# facts
from . import supplier_fact_change
from . import catching_up
from . import comparing
