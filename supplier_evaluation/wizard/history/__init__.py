# history
from . import base_partner_merge
from . import supplier_history_import
from . import supplier_history_import_column
from . import supplier_history_import_line
from . import supplier_history_import_sheet

# aspects of the import
from . import reading
from . import template
