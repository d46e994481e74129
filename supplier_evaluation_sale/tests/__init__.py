from . import test_dropship_return
