# scorecard
from . import test_since
from . import test_stale
