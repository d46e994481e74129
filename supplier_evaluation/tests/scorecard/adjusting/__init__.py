# scorecard
from . import test_adjustments
from . import test_comparison
from . import test_four_eyes
from . import test_adjusting_tours
from . import test_ways_around
