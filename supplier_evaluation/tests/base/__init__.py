from . import test_scheduled
