# improvement
from . import test_allocation
from . import test_incentive
from . import test_incentive_ends
from . import test_incentive_tours
from . import test_vendors_become_one
