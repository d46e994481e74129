# handover
from . import supplier_handover_line
from . import giving
from . import recipient
from . import supplier_handover_wizard
