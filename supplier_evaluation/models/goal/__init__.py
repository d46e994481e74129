# goals: what is to be reached by when, and how it stands with that
from . import supplier_goal
from . import supplier_goal_period
from . import checking
from . import measuring
from . import schedule
from . import screen

# lower rooms
from . import supplier_evaluation
