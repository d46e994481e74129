from . import test_claim
from . import test_slices
from . import test_vendors_later
