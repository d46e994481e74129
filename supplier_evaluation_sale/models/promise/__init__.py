from . import supplier_sale_promise_change
from . import sale_order
from . import sale_order_line
from . import removed
from . import upgrade
