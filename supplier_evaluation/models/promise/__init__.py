# promise
from . import supplier_former_user_mixin
from . import supplier_promise_change

# odoo models
from . import purchase_order
from . import purchase_order_line
from . import change
from . import hint
from . import kit
from . import moved
from . import price
from . import product_type
from . import quantity
from . import settled
from . import stock_move
from . import unit
from . import upgrade
