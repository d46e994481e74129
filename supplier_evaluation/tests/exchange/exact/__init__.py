# exchange: what is taken exactly as it was sent
from . import test_exchange_figures
from . import test_exchange_moved
from . import test_exchange_order
from . import test_exchange_values
from . import test_exchange_who
