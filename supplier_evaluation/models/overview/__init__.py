# What all rooms are seen by: screens that show a supplier, or all of them, at a glance.
from . import card
from . import partner

# aspects of the scorecard
from . import scope
from . import completeness
from . import tiles
from . import savings
from . import changes
from . import visit
from . import worklist
from . import following
from . import goals
from . import overview
from . import heatmap
from . import supply
from . import compare
