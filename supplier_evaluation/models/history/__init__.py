# mixins
from . import supplier_history_options

# history
from . import supplier_history_job
from . import supplier_history_job_row
from . import supplier_history_line
from . import supplier_history_mapping
from . import supplier_history_receipt

# aspects of the import
from . import importing
from . import reading
