# promise
from . import test_cancelled
from . import test_former_user
from . import test_hint
from . import test_moved
from . import test_product_type
from . import test_promise
from . import test_quantity
from . import test_settled
from . import test_unit_replaced
