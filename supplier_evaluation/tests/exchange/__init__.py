# exchange
from . import test_exchange_kinds
from . import test_exchange_take
