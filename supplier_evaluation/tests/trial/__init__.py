# trial
from . import test_draft
from . import test_same_numbers
from . import test_trial
from . import test_trial_tours
from . import test_what_if
