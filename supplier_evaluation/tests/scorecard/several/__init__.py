from . import test_again
from . import test_again_random
from . import test_claim
from . import test_slices
from . import test_vendors_later
