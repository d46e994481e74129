# goal
from . import test_goal
from . import test_goal_figures
from . import test_goal_schedule
from . import test_goal_tours
