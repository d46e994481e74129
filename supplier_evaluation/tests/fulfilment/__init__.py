from . import test_actual
from . import test_credit_note
