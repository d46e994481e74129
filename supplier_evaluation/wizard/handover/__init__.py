# handover
from . import supplier_handover_line
from . import supplier_handover_wizard
