from . import test_introduction
from . import test_past
from . import test_start
from . import test_start_access
from . import test_start_page
from . import test_start_tours
from . import test_usage
