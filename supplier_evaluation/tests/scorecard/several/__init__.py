from . import test_slices
