# overview
from . import test_compare
from . import test_heatmap
from . import test_idle_day
from . import test_overview
from . import test_overview_access
from . import test_overview_statements
from . import test_overview_tours
from . import test_savings_tile
from . import test_supply
from . import test_worklist

# the page of a scorecard
from .card import *

# a supplier from all sides
from .partner import *
