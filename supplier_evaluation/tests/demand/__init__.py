# demand
from . import test_demand
from . import test_demand_sharing
from . import test_demand_forecast
from . import test_demand_ordering
from . import test_demand_portal
