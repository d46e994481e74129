from . import test_blanket_contract
from . import test_comparison
