# exchange
from . import supplier_exchange_import
