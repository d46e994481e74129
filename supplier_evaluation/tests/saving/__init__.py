from . import test_saving
from . import test_list_price
