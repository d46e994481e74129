# what bills are compared with
from . import account_move_line
from . import purchase_order_line
