# overview of one supplier
from . import test_branch_risks
from . import test_history
from . import test_supplier_360
from . import test_supplier_360_tours
from . import test_supplier_visit
