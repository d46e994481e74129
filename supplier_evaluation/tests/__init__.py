from . import test_golden_delivery
