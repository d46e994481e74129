from . import test_definition
from . import test_histories
