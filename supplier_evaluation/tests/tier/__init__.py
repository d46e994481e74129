# tier
from . import test_tier_figure
from . import test_tier_matrix_tours
from . import test_tier_proposal
