# corrective
from . import supplier_corrective_wizard
