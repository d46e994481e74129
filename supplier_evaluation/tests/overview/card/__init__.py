from . import test_findings
from . import test_card
from . import test_figure
from . import test_moved_supplier
from . import test_scorecard_page_tours
from . import test_reproduced
