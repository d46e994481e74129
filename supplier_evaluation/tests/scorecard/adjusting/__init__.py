# scorecard
from . import test_adjustments
from . import test_four_eyes
