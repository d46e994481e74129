# response
from . import test_response_cases
from . import test_response_confirmation
from . import test_response_forged
from . import test_response_left_out
from . import test_response_reach
from . import test_response_sender
