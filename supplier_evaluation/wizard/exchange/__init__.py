# exchange
from . import supplier_exchange_export
from . import supplier_exchange_import
