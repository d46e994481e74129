# exchange
from . import test_exchange_background
from . import test_exchange_http
from . import test_exchange_import
from . import test_exchange_kinds
from . import test_exchange_out
from . import test_exchange_question
from . import test_exchange_reading
from . import test_exchange_rows
from . import test_exchange_source
from . import test_exchange_take
from . import test_exchange_tours
from .parts import *
