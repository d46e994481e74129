# mixins
from . import supplier_history_options

# history
from . import supplier_history_line
from . import supplier_history_mapping
from . import supplier_history_receipt
