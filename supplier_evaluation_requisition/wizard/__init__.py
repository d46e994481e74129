# candidates for a need
from . import supplier_sourcing
from . import supplier_sourcing_line
from . import supplier_sourcing_candidate
