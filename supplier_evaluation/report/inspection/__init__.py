# inspection
from . import supplier_inspection_fact
