# exchange
from . import base_partner_merge
from . import supplier_exchange_export
from . import supplier_exchange_import
