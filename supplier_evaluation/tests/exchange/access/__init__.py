# exchange: who may what; it needs the records of all rooms
from . import test_exchange_access
