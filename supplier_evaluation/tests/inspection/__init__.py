# inspection
from . import test_inspection
from . import test_inspection_figures
from . import test_inspection_tours
from . import test_sampling
